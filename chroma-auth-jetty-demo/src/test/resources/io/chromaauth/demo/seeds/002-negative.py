# Should fail
client = chromadb.HttpClient()  # No credentials

try:
    client.list_collections()
    print("✗ Should have been rejected")
except Exception as e:
    if "Unauthorized" in str(e):
        print("✓ Correctly rejected unauthorized request")
    else:
        print(f"✗ Unexpected error: {e}")
