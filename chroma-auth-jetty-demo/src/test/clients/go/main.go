// Checks a Chroma server, or the gateway before one, with the real Go client (chroma-go 0.3).
//
// usage: client flow|refusals|elsewhere
// environment: CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an
// admin's user:password or token), for refusals also CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS, for elsewhere
// CHROMA_OWN_TENANT and CHROMA_OWN_DATABASE, to which the credentials' user is bound.
//
// Prints a line for each check and a total; exits 0 only if checks ran and all passed.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"

	v2 "github.com/amikos-tech/chroma-go/pkg/api/v2"
	"github.com/amikos-tech/chroma-go/pkg/embeddings"
)

const database = "/api/v2/tenants/default_tenant/databases/default_database"

// Ways in

// connect uses the client's own credentials providers, as its documentation tells users to; "" is no credentials.
func connect(credentials string, more ...v2.ClientOption) (v2.Client, error) {
	options := append(more, v2.WithBaseURL(url))
	if credentials != "" {
		options = append(options, v2.WithAuth(provider(credentials)))
	}
	return v2.NewHTTPClient(options...)
}

func provider(credentials string) v2.CredentialsProvider {
	switch scheme {
	case "basic":
		user, password, _ := strings.Cut(credentials, ":")
		return v2.NewBasicAuthCredentialsProvider(user, password)
	case "bearer":
		return v2.NewTokenAuthCredentialsProvider(credentials, v2.AuthorizationTokenHeader)
	default:
		return v2.NewTokenAuthCredentialsProvider(credentials, v2.XChromaTokenHeader)
	}
}

// The client's default embedding function would download a model; this one computes, and is not asked either.
var noModel = embeddings.NewConsistentHashEmbeddingFunction()

func create(client v2.Client, name string, more ...v2.CreateCollectionOption) (v2.Collection, error) {
	return client.CreateCollection(ctx, name, append(more, v2.WithEmbeddingFunctionCreate(noModel))...)
}

func get(client v2.Client, name string) (v2.Collection, error) {
	return client.GetCollection(ctx, name, v2.WithEmbeddingFunctionGet(noModel))
}

func listed(client v2.Client, name string) (int, error) {
	collections, err := client.ListCollections(ctx)
	found := 0
	for _, c := range collections {
		if c.Name() == name {
			found++
		}
	}
	return found, err
}

func vectors(rows ...[]float32) []embeddings.Embedding {
	made, _ := embeddings.NewEmbeddingsFromFloat32(rows) // fails for no rows only
	return made
}

func metadata(n int64, kind string) v2.DocumentMetadata {
	return v2.NewDocumentMetadata(v2.NewIntAttribute("n", n), v2.NewStringAttribute("kind", kind))
}

// What must work

func flow() {
	name := "client-" + strings.ToLower(rand.Text())
	renamed := name + "-renamed"
	var client v2.Client
	var collection v2.Collection

	check("construct", func() (err error) {
		client, err = connect(admin)
		return err
	})
	check("heartbeat", func() error { return client.Heartbeat(ctx) })
	check("version", func() error {
		version, err := client.GetVersion(ctx)
		if err == nil && !regexp.MustCompile(`^\d+\.\d+\.\d+`).MatchString(version) {
			err = errors.New("not a version")
		}
		return err
	})
	check("create-collection", func() (err error) {
		team := v2.NewMetadata(v2.NewStringAttribute("team", "blue"))
		if collection, err = create(client, name, v2.WithCollectionMetadataCreate(team)); err != nil {
			return err
		}
		value, _ := collection.Metadata().GetString("team")
		return equal([]string{collection.Name(), value}, []string{name, "blue"})
	})
	check("create-again-fails", func() error {
		_, err := create(client, name)
		return fails("already exists", err)
	})
	check("get-or-create", func() error {
		same, err := client.GetOrCreateCollection(ctx, name, v2.WithEmbeddingFunctionCreate(noModel))
		if err != nil {
			return err
		}
		return equal(same.ID(), collection.ID())
	})
	check("get-collection", func() error { return isNamed(client, name, collection) })
	check("list-collections", func() error {
		found, err := listed(client, name)
		if err != nil {
			return err
		}
		count, err := client.CountCollections(ctx)
		if err == nil && count < 1 {
			err = errors.New("CountCollections found none")
		}
		return errors.Join(err, equal(found, 1))
	})
	records(collection)
	check("modify-name", func() error {
		if err := collection.ModifyName(ctx, renamed); err != nil {
			return err
		}
		_, err := get(client, name)
		return errors.Join(isNamed(client, renamed, collection), fails("does not exist", err))
	})
	check("delete-records", func() error {
		err := collection.Delete(ctx, v2.WithIDsDelete("a"))
		err = errors.Join(err, collection.Delete(ctx, v2.WithWhereDelete(v2.EqInt("n", 4))))
		return errors.Join(err, gets(collection, "b:lime c:yellow banana"))
	})
	check("delete-collection", func() error {
		if err := client.DeleteCollection(ctx, renamed); err != nil {
			return err
		}
		found, err := listed(client, renamed)
		return errors.Join(err, equal(found, 0))
	})
	check("get-deleted-fails", func() error {
		_, err := get(client, renamed)
		return fails("does not exist", err)
	})
}

func isNamed(client v2.Client, name string, collection v2.Collection) error {
	found, err := get(client, name)
	if err != nil {
		return err
	}
	return equal(found.ID(), collection.ID())
}

// records checks what a collection does with its records; this client has no peek.
func records(collection v2.Collection) {
	check("add", func() error {
		err := collection.Add(ctx,
			v2.WithIDs("a", "b", "c"),
			v2.WithEmbeddings(vectors([]float32{1, 0, 0}, []float32{0, 1, 0}, []float32{0, 0, 1})...),
			v2.WithMetadatas(metadata(1, "x"), metadata(2, "y"), metadata(3, "y")),
			v2.WithTexts("red apple", "green apple", "yellow banana"))
		return errors.Join(err, counts(collection, 3))
	})
	near := v2.WithQueryEmbeddings(vectors([]float32{1, 0.5, 0})...)
	check("query", func() error {
		return finds(collection, "a:red apple:0.25 b:green apple:1.25 c:yellow banana:2.25", near, v2.WithNResults(3))
	})
	check("query-where", func() error {
		where := v2.WithWhereQuery(v2.GteInt("n", 2))
		return finds(collection, "b:green apple:1.25 c:yellow banana:2.25", near, v2.WithNResults(2), where)
	})
	check("query-where-document", func() error {
		far := v2.WithQueryEmbeddings(vectors([]float32{0, 0, 1})...)
		return finds(collection, "a:red apple:2", far, v2.WithNResults(1), v2.WithWhereDocumentQuery(v2.Contains("red")))
	})
	check("get-where", func() error {
		return gets(collection, "b:green apple c:yellow banana", v2.WithWhereGet(v2.EqString("kind", "y")))
	})
	check("get-where-document", func() error {
		return gets(collection, "a:red apple b:green apple", v2.WithWhereDocumentGet(v2.Contains("apple")))
	})
	check("update", func() error {
		err := collection.Update(ctx,
			v2.WithIDsUpdate("a"),
			v2.WithEmbeddingsUpdate(vectors([]float32{1, 1, 0})...),
			v2.WithMetadatasUpdate(v2.NewDocumentMetadata(v2.NewIntAttribute("n", 10))),
			v2.WithTextsUpdate("red cherry"))
		if err != nil {
			return err
		}
		return isUpdated(collection)
	})
	check("upsert", func() error {
		err := collection.Upsert(ctx,
			v2.WithIDs("b", "d"),
			v2.WithEmbeddings(vectors([]float32{0, 2, 0}, []float32{2, 0, 0})...),
			v2.WithMetadatas(metadata(2, "y"), metadata(4, "y")),
			v2.WithTexts("lime", "date"))
		return errors.Join(err, counts(collection, 4), gets(collection, "b:lime d:date", v2.WithIDsGet("b", "d")))
	})
}

func counts(collection v2.Collection, expected int) error {
	count, err := collection.Count(ctx)
	return errors.Join(err, equal(count, expected))
}

// finds compares a query's answer, in its order, with "id:document:distance ...".
func finds(collection v2.Collection, expected string, query ...v2.CollectionQueryOption) error {
	found, err := collection.Query(ctx, append(query, v2.WithIncludeQuery(v2.IncludeDocuments, v2.IncludeDistances))...)
	if err != nil {
		return err
	}
	var rows []string
	for i, id := range found.GetIDGroups()[0] {
		// Chroma 0.6.3 answers 1.2500000000000002
		distance := math.Round(float64(found.GetDistancesGroups()[0][i])*1e6) / 1e6
		rows = append(rows, fmt.Sprintf("%s:%s:%v", id, found.GetDocumentsGroups()[0][i].ContentString(), distance))
	}
	return equal(strings.Join(rows, " "), expected)
}

// gets compares what is got, sorted, with "id:document ...".
func gets(collection v2.Collection, expected string, filter ...v2.CollectionGetOption) error {
	found, err := collection.Get(ctx, filter...)
	if err != nil {
		return err
	}
	var rows []string
	for i, id := range found.GetIDs() {
		rows = append(rows, fmt.Sprintf("%s:%s", id, found.GetDocuments()[i].ContentString()))
	}
	slices.Sort(rows)
	return equal(strings.Join(rows, " "), expected)
}

func isUpdated(collection v2.Collection) error {
	all := v2.WithIncludeGet(v2.IncludeEmbeddings, v2.IncludeMetadatas, v2.IncludeDocuments)
	found, err := collection.Get(ctx, v2.WithIDsGet("a"), all)
	if err != nil {
		return err
	}
	n, _ := found.GetMetadatas()[0].GetInt("n")
	kind, _ := found.GetMetadatas()[0].GetString("kind")
	return errors.Join(
		equal(found.GetDocuments()[0].ContentString(), "red cherry"),
		equal(found.GetEmbeddings()[0].ContentAsFloat32(), []float32{1, 1, 0}),
		equal(fmt.Sprint(n, kind), fmt.Sprint(10, "x")))
}

// What must be refused

func refusals() {
	for _, stranger := range []struct{ name, credentials string }{{"no", ""}, {"wrong", wrong}} {
		check(stranger.name+"-credentials", func() error {
			client, err := connect(stranger.credentials) // sends nothing yet
			if err != nil {
				return err
			}
			_, err = client.ListCollections(ctx)
			return unauthorized(err)
		})
	}
	readerRefusals()
	rawRefusals()
}

func readerRefusals() {
	name := "client-" + strings.ToLower(rand.Text())
	var owner, client v2.Client
	var kept, collection v2.Collection
	check("admin-creates-collection", func() (err error) {
		if owner, err = connect(admin); err != nil {
			return err
		}
		if kept, err = create(owner, name); err != nil {
			return err
		}
		return kept.Add(ctx, v2.WithIDs("a"), v2.WithEmbeddings(vectors([]float32{1, 0})...), v2.WithTexts("one"))
	})
	check("reader-constructs-and-lists", func() (err error) {
		if client, err = connect(reader); err != nil {
			return err
		}
		found, err := listed(client, name)
		return errors.Join(err, equal(found, 1))
	})
	check("reader-counts-and-queries", func() (err error) {
		if collection, err = get(client, name); err != nil {
			return err
		}
		query := v2.WithQueryEmbeddings(vectors([]float32{1, 0})...)
		return errors.Join(counts(collection, 1), finds(collection, "a:one:0", query, v2.WithNResults(1)))
	})
	check("reader-add", func() error {
		return forbidden(collection.Add(ctx, v2.WithIDs("b"), v2.WithEmbeddings(vectors([]float32{0, 1})...), v2.WithTexts("two")))
	})
	check("reader-delete", func() error { return forbidden(collection.Delete(ctx, v2.WithIDsDelete("a"))) })
	check("reader-delete-collection", func() error { return forbidden(client.DeleteCollection(ctx, name)) })
	check("raw-reader-add", func() error {
		add := `{"ids":["b"],"embeddings":[[0,1]]}`
		answer, err := request(http.MethodPost, database+"/collections/"+kept.ID()+"/add", reader, add)
		if err != nil {
			return err
		}
		return answer.is(403, "Forbidden")
	})
	check("count-is-unchanged", func() error { return counts(kept, 1) })
	check("admin-deletes-collection", func() error { return owner.DeleteCollection(ctx, name) })
}

func rawRefusals() {
	const nowhere = "/api/v2/nope"
	strangers := []struct{ name, method, path, credentials string }{
		{"no-credentials", http.MethodGet, database + "/collections", ""},
		{"wrong-credentials", http.MethodGet, database + "/collections", wrong},
		{"unknown-route", http.MethodGet, nowhere, ""},
		{"delete-database", http.MethodDelete, "/api/v2/tenants/default_tenant/databases/x", ""},
		{"v1-count", http.MethodGet, "/api/v1/collections/00000000-0000-4000-8000-000000000000/count", ""},
	}
	for _, s := range strangers {
		check("raw-"+s.name, func() error {
			answer, err := request(s.method, s.path, s.credentials, "")
			if err != nil {
				return err
			}
			if answer.header.Get("WWW-Authenticate") == "" {
				err = errors.New("no WWW-Authenticate")
			}
			return errors.Join(answer.is(401, "Unauthorized"), err)
		})
	}
	check("raw-unknown-route-as-admin", func() error {
		answer, err := request(http.MethodGet, nowhere, admin, "")
		if err != nil {
			return err
		}
		return equal(answer.status, 404)
	})
}

// What somebody bounded to another place is told

func elsewhere() {
	lists := func(place ...v2.ClientOption) error {
		client, err := connect(admin, place...)
		if err != nil {
			return err
		}
		_, err = client.ListCollections(ctx)
		return err
	}
	check("the-defaults-are-refused-and-it-is-said-what-helps", func() error {
		return fails("outside this identity's tenant or database; pass tenant= and database=", lists())
	})
	check("what-is-said-helps", func() error {
		return lists(v2.WithDatabaseAndTenant(os.Getenv("CHROMA_OWN_DATABASE"), os.Getenv("CHROMA_OWN_TENANT")))
	})
}

func main() {
	run(map[string]func(){"flow": flow, "refusals": refusals, "elsewhere": elsewhere})
}
