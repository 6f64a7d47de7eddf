from chromadb.config import Settings

# Use environment variables for credentials
import os

client = chromadb.HttpClient(
    settings=Settings(
        chroma_server_ssl_enabled=True,
        chroma_server_ssl_verify=True,  # Verify certificates
        chroma_client_auth_credentials=os.getenv("CHROMA_AUTH_CREDENTIALS")
    )
)
