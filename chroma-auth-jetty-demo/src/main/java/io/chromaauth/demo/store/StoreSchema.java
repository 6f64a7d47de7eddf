package io.chromaauth.demo.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and the number of their format. */
final class StoreSchema {
  /** Of the file, in SQLite's {@code user_version}. */
  static final int VERSION = 1;

  /** "ChAu", in SQLite's {@code application_id}. */
  static final int APPLICATION = 0x43684175;

  static final String DEFAULT_TENANT = "default_tenant";
  static final String DEFAULT_DATABASE = "default_database";

  /** Chroma gives its default database this id. */
  private static final String DEFAULT_DATABASE_ID = "00000000-0000-0000-0000-000000000000";

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE tenant(name TEXT PRIMARY KEY) WITHOUT ROWID",
          """
          CREATE TABLE database(id TEXT PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL,
            UNIQUE(tenant, name)) WITHOUT ROWID""",
          // a collection's key, like a record's seq, is never given twice (AUTOINCREMENT)
          """
          CREATE TABLE collection(key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            tenant TEXT NOT NULL, database TEXT NOT NULL, name TEXT NOT NULL, space TEXT NOT NULL,
            configuration TEXT NOT NULL, metadata TEXT, dimension INTEGER,
            UNIQUE(tenant, database, name))""",
          """
          CREATE TABLE record(seq INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL,
            id TEXT NOT NULL, metadata TEXT, uri TEXT, document TEXT, UNIQUE(collection, id))""",
          "CREATE INDEX record_order ON record(collection)",
          "CREATE TABLE embedding(seq INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
          // what where filters look into; record.metadata is what answers are made of
          """
          CREATE TABLE metadata(collection INTEGER NOT NULL, name TEXT NOT NULL,
            kind INTEGER NOT NULL, value NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY(collection, name, kind, value, seq)) WITHOUT ROWID""",
          // names and kinds that a collection's metadata ever had, for its schema
          """
          CREATE TABLE metadata_kind(collection INTEGER NOT NULL, name TEXT NOT NULL,
            kind TEXT NOT NULL, PRIMARY KEY(collection, name, kind)) WITHOUT ROWID""",
          // trigrams by record.seq; a hit is only a candidate, rows of deleted records may linger
          """
          CREATE VIRTUAL TABLE trigram USING fts5(text, content='', contentless_delete=1,
            detail=none, tokenize='trigram case_sensitive 1')""",
          "INSERT INTO tenant VALUES ('" + DEFAULT_TENANT + "')",
          "INSERT INTO database VALUES ('"
              + DEFAULT_DATABASE_ID
              + "', '"
              + DEFAULT_TENANT
              + "', '"
              + DEFAULT_DATABASE
              + "')",
          "PRAGMA application_id = " + APPLICATION,
          "PRAGMA user_version = " + VERSION);

  private static final List<String> EMPTY =
      List.of(
          "DELETE FROM metadata_kind",
          "DELETE FROM metadata",
          "INSERT INTO trigram(trigram) VALUES ('delete-all')",
          "DELETE FROM embedding",
          "DELETE FROM record",
          "DELETE FROM collection",
          "DELETE FROM database WHERE id <> '" + DEFAULT_DATABASE_ID + "'",
          "DELETE FROM tenant WHERE name <> '" + DEFAULT_TENANT + "'",
          "INSERT OR IGNORE INTO database VALUES ('"
              + DEFAULT_DATABASE_ID
              + "', '"
              + DEFAULT_TENANT
              + "', '"
              + DEFAULT_DATABASE
              + "')");

  private StoreSchema() {}

  /** Makes the tables of a new file, within the caller's transaction. */
  static void create(Connection connection) throws SQLException {
    run(connection, TABLES);
  }

  /** Leaves only what a new file has, within the caller's transaction. */
  static void empty(Connection connection) throws SQLException {
    run(connection, EMPTY);
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
