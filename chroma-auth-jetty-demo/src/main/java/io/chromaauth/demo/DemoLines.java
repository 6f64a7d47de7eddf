package io.chromaauth.demo;

import java.util.List;

/** What the demo prints for people to paste. */
final class DemoLines {
  private DemoLines() {}

  /** The lines for a server that listens on this port. */
  static List<String> of(DemoFolder folder, String host, int port) {
    String admin = String.valueOf(folder.tokens().get("admin"));
    String writer = String.valueOf(folder.tokens().get("writer"));
    String reader = String.valueOf(folder.tokens().get("reader"));
    String url = "http://" + host + ":" + port;
    return """

        A secured Chroma API on %1$s. Users, tokens and data are in
        %2$s

        Who am I?
          curl -H 'Authorization: Bearer %3$s' %1$s/api/v2/auth/identity
        The same without a token, refused with 401:
          curl -i %1$s/api/v2/auth/identity

        In Python (pip install chromadb-client):

        import chromadb
        from chromadb.config import Settings

        def login(token):
            return chromadb.HttpClient(host="%4$s", port=%5$d, settings=Settings(
                chroma_client_auth_provider="chromadb.auth.token_authn.TokenAuthClientProvider",
                chroma_client_auth_credentials=token))

        notes = login("%6$s").get_or_create_collection("notes", embedding_function=None)
        notes.add(ids=["1"], embeddings=[[1.0, 2.0, 3.0]], documents=["hello"])
        print(notes.query(query_embeddings=[[1.0, 2.0, 3.0]], n_results=1))

        reader = login("%7$s").get_collection("notes", embedding_function=None)
        print(reader.count())
        reader.delete(ids=["1"])          # chromadb.errors.ChromaAuthError: Forbidden

        Stop with Ctrl-C.
        """
        .formatted(url, folder.folder(), admin, host, port, writer, reader)
        .lines()
        .toList();
  }
}
