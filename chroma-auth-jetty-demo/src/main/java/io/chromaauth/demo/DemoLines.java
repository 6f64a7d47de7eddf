package io.chromaauth.demo;

import java.nio.file.Path;
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
        (data in %8$s).

        Who am I?
          curl -H 'Authorization: Bearer %3$s' %1$s/api/v2/auth/identity
        The same without a token, refused with 401:
          curl -i %1$s/api/v2/auth/identity

        In Python (pip install chromadb-client, 0.5 or newer):

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

        To go on: edit users.yaml and roles.yaml there; they are read again by themselves.
          ./chroma-auth new-token NAME     # a token, and the YAML for it
        With the demo stopped, run, check and explain use the same files after

        export CHROMA_SERVER_AUTHN_PROVIDER=token
        export CHROMA_SERVER_AUTHN_CREDENTIALS_FILE=%9$s
        export CHROMA_SERVER_AUTHZ_PROVIDER=simple_rbac
        export CHROMA_SERVER_AUTHZ_CONFIG_FILE=%10$s
        export PERSIST_DIRECTORY=%11$s

        Stop with Ctrl-C.
        """
        .formatted(
            url,
            folder.folder(),
            admin,
            host,
            port,
            writer,
            reader,
            folder.data(),
            quoted(folder.users()),
            quoted(folder.roles()),
            quoted(folder.data()))
        .lines()
        .toList();
  }

  /** For a shell, where it needs that. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\w./:@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
