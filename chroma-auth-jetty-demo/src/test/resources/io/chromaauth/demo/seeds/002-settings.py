from chromadb.config import Settings

settings = Settings(
    # Authentication provider class
    chroma_client_auth_provider="chromadb.auth.basic_authn.BasicAuthClientProvider",
    
    # Credentials
    chroma_client_auth_credentials="username:password",
    
    # Custom header (optional)
    chroma_auth_token_transport_header="Authorization"
)
