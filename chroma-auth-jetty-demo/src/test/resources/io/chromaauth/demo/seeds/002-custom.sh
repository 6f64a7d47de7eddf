export CHROMA_SERVER_AUTHN_PROVIDER="myapp.auth.CustomAuthProvider"
