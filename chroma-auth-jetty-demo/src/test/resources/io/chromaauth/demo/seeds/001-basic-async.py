import chromadb
import base64

base64_credentials = base64.b64encode(b"admin:admin").decode("utf-8")

client = await chromadb.AsyncHttpClient(headers={"Authorization": f"Basic {base64_credentials}"})
