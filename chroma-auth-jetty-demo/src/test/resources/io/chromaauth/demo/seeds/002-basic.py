import chromadb
from chromadb.config import Settings

client = chromadb.HttpClient(
    host="localhost",
    port=8000,
    settings=Settings(
        chroma_client_auth_provider="chromadb.auth.basic_authn.BasicAuthClientProvider",
        chroma_client_auth_credentials="admin:admin"
    )
)

# Test connection
heartbeat = client.heartbeat()
print(f"Connected: {heartbeat}")

# Use client normally
collections = client.list_collections()
print(f"Collections: {collections}")
