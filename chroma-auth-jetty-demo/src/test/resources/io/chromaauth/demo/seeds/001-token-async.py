import chromadb
# for Authorization header
client = await chromadb.AsyncHttpClient(headers={"Authorization": "Bearer chr0ma-t0k3n"})
# for X-Chroma-Token header
client = await chromadb.AsyncHttpClient(headers={"X-Chroma-Token": "chr0ma-t0k3n"})

# if everything is correctly configured the below should list all collections
await client.list_collections()
