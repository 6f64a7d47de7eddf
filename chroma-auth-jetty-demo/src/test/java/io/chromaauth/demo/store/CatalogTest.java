package io.chromaauth.demo.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.demo.store.MetadataValue.Nothing;
import io.chromaauth.demo.store.MetadataValue.Whole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @TempDir Path folder;

  private Store store;
  private Catalog catalog;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(folder);
    catalog = store.catalog();
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void aTenantIsCreatedOnce() {
    assertFalse(catalog.hasTenant("team"));
    catalog.createTenant("team");
    assertTrue(catalog.hasTenant("team"));
    assertEquals(Refused.Why.EXISTS, refused(() -> catalog.createTenant("team")));
  }

  @Test
  void databasesOfATenantComeByName() {
    catalog.createDatabase("team", "second");
    catalog.createDatabase("team", "first");
    catalog.createDatabase("other", "first");
    assertEquals(List.of("first", "second"), names(catalog.databases("team", -1, 0)));
    assertEquals(List.of("second"), names(catalog.databases("team", 1, 1)));
    assertEquals(Refused.Why.EXISTS, refused(() -> catalog.createDatabase("team", "first")));
    assertNotEquals(catalog.database("team", "first"), catalog.database("other", "first"));
  }

  @Test
  void aDatabaseGoesWithAllThatIsInIt() {
    ChromaCollection gone = Samples.collection(store, "gone");
    store.records().write(gone, WriteMode.ADD, Samples.batch("a"));
    catalog.deleteDatabase("default_tenant", "default_database");
    assertEquals(Optional.empty(), catalog.collection(gone.id()));
    assertEquals(0, store.records().count(gone));
    assertEquals(
        Refused.Why.NOT_FOUND,
        refused(() -> catalog.deleteDatabase("default_tenant", "default_database")));
    assertEquals(Refused.Why.INVALID, refused(() -> Samples.collection(store, "again")));
  }

  @Test
  void aNameIsUniqueWithinItsDatabaseOnly() {
    ChromaCollection here = Samples.collection(store, "docs");
    assertEquals(Refused.Why.EXISTS, refused(() -> Samples.collection(store, "docs")));
    catalog.createDatabase("default_tenant", "other");
    ChromaCollection there =
        catalog.create(
            new CollectionDraft("default_tenant", "other", "docs", Space.IP, "{}", null));
    assertNotEquals(here.id(), there.id());
    assertEquals(1, catalog.count("default_tenant", "other"));
    assertEquals(Optional.of(there), catalog.collection("default_tenant", "other", "docs"));
  }

  @Test
  void getOrCreateLeavesWhatIsThereAsItIs() {
    ChromaCollection made = Samples.collection(store, "docs", Space.COSINE);
    assertEquals(made, catalog.getOrCreate(Samples.draft("docs", Space.L2)));
    assertEquals("more", catalog.getOrCreate(Samples.draft("more", Space.L2)).name());
  }

  @Test
  void pagesOfCollectionsAreInTheOrderOfTheirIds() {
    for (int i = 0; i < 5; i++) {
      Samples.collection(store, "docs" + i);
    }
    List<String> all = idsOf(catalog.collections("default_tenant", "default_database", -1, 0));
    assertEquals(all.stream().sorted().toList(), all);
    assertEquals(
        all.subList(2, 4), idsOf(catalog.collections("default_tenant", "default_database", 2, 2)));
    assertEquals(5, catalog.count("default_tenant", "default_database"));
  }

  @Test
  void aChangeLeavesWhatItDoesNotName() {
    ChromaCollection docs = Samples.collection(store, "docs");
    catalog.update(docs, new CollectionChange("papers", null, null));
    catalog.update(docs, new CollectionChange(null, Map.of("a", new Whole(1)), null));
    catalog.update(docs, new CollectionChange(null, Map.of("b", new Whole(2)), "{\"x\":1}"));
    ChromaCollection now = Samples.now(store, docs);
    assertEquals("papers", now.name());
    assertEquals("{\"b\":2}", now.metadata());
    assertEquals("{\"x\":1}", now.configuration());
    catalog.update(docs, new CollectionChange("papers", Map.of("b", Nothing.NOTHING), null));
    assertEquals(Optional.empty(), Optional.ofNullable(Samples.now(store, docs).metadata()));
  }

  @Test
  void aNewNameMustBeFree() {
    ChromaCollection docs = Samples.collection(store, "docs");
    Samples.collection(store, "taken");
    CollectionChange change = new CollectionChange("taken", Map.of("a", new Whole(1)), null);
    assertEquals(Refused.Why.EXISTS, refused(() -> catalog.update(docs, change)));
    assertEquals(docs, Samples.now(store, docs));
  }

  @Test
  void aDeletedCollectionCanNeitherBeChangedNorWritten() {
    ChromaCollection docs = Samples.collection(store, "docs");
    store.records().write(docs, WriteMode.ADD, Samples.batch("a"));
    catalog.delete(docs);
    catalog.delete(docs);
    CollectionChange change = new CollectionChange("papers", null, null);
    assertEquals(Refused.Why.NO_COLLECTION, refused(() -> catalog.update(docs, change)));
    assertEquals(
        Refused.Why.NO_COLLECTION,
        refused(() -> store.records().write(docs, WriteMode.ADD, Samples.batch("b"))));
    assertEquals(Optional.empty(), catalog.collection(UUID.randomUUID()));
  }

  @Test
  void kindsOfMetadataAreRememberedForTheSchema() {
    ChromaCollection docs = Samples.collection(store, "docs");
    store.records().write(docs, WriteMode.ADD, Samples.batch("a", "b"));
    store.records().delete(docs, new Selection(List.of("a", "b"), null), -1);
    assertEquals(
        List.of(new MetadataKind("number", "int"), new MetadataKind("text", "string")),
        catalog.kinds(docs));
  }

  private static Refused.Why refused(Runnable action) {
    return assertThrows(Refused.class, action::run).why();
  }

  private static List<String> names(List<ChromaDatabase> databases) {
    return databases.stream().map(ChromaDatabase::name).toList();
  }

  private static List<String> idsOf(List<ChromaCollection> collections) {
    return collections.stream().map(c -> c.id().toString()).toList();
  }
}
