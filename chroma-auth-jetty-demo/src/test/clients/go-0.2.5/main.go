// Checks a Chroma server, or the gateway before one, with the real Go client (chroma-go 0.2.5, the package for API v1).
//
// usage: client flow|refusals
// environment: CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an
// admin's user:password or token), for refusals also CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS.
//
// Prints a line for each check and a total; exits 0 only if checks ran and all passed.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"

	chroma "github.com/amikos-tech/chroma-go"
	"github.com/amikos-tech/chroma-go/types"
)

const database = "/api/v2/tenants/default_tenant/databases/default_database"

// Ways in

// connect uses the client's own credentials providers, as its documentation tells users to; "" is no credentials.
func connect(credentials string) (*chroma.Client, error) {
	options := []chroma.ClientOption{chroma.WithBasePath(url)}
	if credentials != "" {
		options = append(options, chroma.WithAuth(provider(credentials)))
	}
	return chroma.NewClient(options...)
}

func provider(credentials string) types.CredentialsProvider {
	switch scheme {
	case "basic":
		user, password, _ := strings.Cut(credentials, ":")
		return types.NewBasicAuthCredentialsProvider(user, password)
	case "bearer":
		return types.NewTokenAuthCredentialsProvider(credentials, types.AuthorizationTokenHeader)
	default:
		return types.NewTokenAuthCredentialsProvider(credentials, types.XChromaTokenHeader)
	}
}

// The client's default embedding function would download a model; this one computes, and is not asked either.
var noModel = types.NewConsistentHashEmbeddingFunction()

type object = map[string]any

func create(client *chroma.Client, name string, orGet bool) (*chroma.Collection, error) {
	return client.CreateCollection(ctx, name, object{"team": "blue"}, orGet, noModel, types.L2)
}

func get(client *chroma.Client, name string) (*chroma.Collection, error) {
	return client.GetCollection(ctx, name, noModel)
}

func listed(client *chroma.Client, name string) (int, error) {
	collections, err := client.ListCollections(ctx)
	found := 0
	for _, c := range collections {
		if c.Name == name {
			found++
		}
	}
	return found, err
}

func vectors(rows ...[]float32) []*types.Embedding { return types.NewEmbeddingsFromFloat32(rows) }

// What must work

func flow() {
	name := "client-" + strings.ToLower(rand.Text())
	renamed := name + "-renamed"
	var client *chroma.Client
	var collection *chroma.Collection

	check("construct", func() (err error) {
		client, err = connect(admin)
		return err
	})
	check("heartbeat", func() error {
		_, err := client.Heartbeat(ctx)
		return err
	})
	check("version", func() error {
		version, err := client.Version(ctx)
		if err == nil && !regexp.MustCompile(`^"?\d+\.\d+\.\d+`).MatchString(version) {
			err = errors.New("not a version")
		}
		return err
	})
	check("create-collection", func() (err error) {
		if collection, err = create(client, name, false); err != nil {
			return err
		}
		return equal([]any{collection.Name, collection.Metadata["team"]}, []any{name, "blue"})
	})
	check("create-again-fails", func() error {
		_, err := create(client, name, false)
		return fails("already exists", err)
	})
	check("get-or-create", func() error {
		same, err := create(client, name, true)
		if err != nil {
			return err
		}
		return equal(same.ID, collection.ID)
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
		if _, err := collection.Update(ctx, renamed, nil); err != nil {
			return err
		}
		_, err := get(client, name)
		return errors.Join(isNamed(client, renamed, collection), fails("does not exist", err))
	})
	check("delete-records", func() error {
		_, byID := collection.Delete(ctx, []string{"a"}, nil, nil)
		_, byWhere := collection.Delete(ctx, nil, object{"n": 4}, nil)
		return errors.Join(byID, byWhere, gets(collection, "b:lime c:yellow banana", nil, nil))
	})
	check("delete-collection", func() error {
		if _, err := client.DeleteCollection(ctx, renamed); err != nil {
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

func isNamed(client *chroma.Client, name string, collection *chroma.Collection) error {
	found, err := get(client, name)
	if err != nil {
		return err
	}
	return equal(found.ID, collection.ID)
}

// records checks what a collection does with its records; this client has no peek.
func records(collection *chroma.Collection) {
	check("add", func() error {
		_, err := collection.Add(ctx,
			vectors([]float32{1, 0, 0}, []float32{0, 1, 0}, []float32{0, 0, 1}),
			[]object{{"n": 1, "kind": "x"}, {"n": 2, "kind": "y"}, {"n": 3, "kind": "y"}},
			[]string{"red apple", "green apple", "yellow banana"},
			[]string{"a", "b", "c"})
		return errors.Join(err, counts(collection, 3))
	})
	near := types.WithQueryEmbeddings(vectors([]float32{1, 0.5, 0}))
	check("query", func() error {
		return finds(collection, "a:red apple:0.25 b:green apple:1.25 c:yellow banana:2.25", near, types.WithNResults(3))
	})
	check("query-where", func() error {
		where := types.WithWhereMap(object{"n": object{"$gte": 2}})
		return finds(collection, "b:green apple:1.25 c:yellow banana:2.25", near, types.WithNResults(2), where)
	})
	check("query-where-document", func() error {
		far := types.WithQueryEmbeddings(vectors([]float32{0, 0, 1}))
		return finds(collection, "a:red apple:2", far, types.WithNResults(1), types.WithWhereDocumentMap(object{"$contains": "red"}))
	})
	check("get-where", func() error {
		return gets(collection, "b:green apple c:yellow banana", nil, types.WithWhereMap(object{"kind": "y"}))
	})
	check("get-where-document", func() error {
		return gets(collection, "a:red apple b:green apple", nil, types.WithWhereDocumentMap(object{"$contains": "apple"}))
	})
	check("update", func() error {
		_, err := collection.Modify(ctx, vectors([]float32{1, 1, 0}), []object{{"n": 10}}, []string{"red cherry"}, []string{"a"})
		if err != nil {
			return err
		}
		return isUpdated(collection)
	})
	check("upsert", func() error {
		_, err := collection.Upsert(ctx,
			vectors([]float32{0, 2, 0}, []float32{2, 0, 0}),
			[]object{{"n": 2, "kind": "y"}, {"n": 4, "kind": "y"}},
			[]string{"lime", "date"},
			[]string{"b", "d"})
		return errors.Join(err, counts(collection, 4), gets(collection, "b:lime d:date", []string{"b", "d"}, nil))
	})
}

func counts(collection *chroma.Collection, expected int32) error {
	count, err := collection.Count(ctx)
	return errors.Join(err, equal(count, expected))
}

// finds compares a query's answer, in its order, with "id:document:distance ...".
func finds(collection *chroma.Collection, expected string, query ...types.CollectionQueryOption) error {
	found, err := collection.QueryWithOptions(ctx, append(query, types.WithInclude(types.IDocuments, types.IDistances))...)
	if err != nil {
		return err
	}
	var rows []string
	for i, id := range found.Ids[0] {
		distance := math.Round(float64(found.Distances[0][i])*1e6) / 1e6
		rows = append(rows, fmt.Sprintf("%s:%s:%v", id, found.Documents[0][i], distance))
	}
	return equal(strings.Join(rows, " "), expected)
}

// gets compares what is got, sorted, with "id:document ...".
func gets(collection *chroma.Collection, expected string, ids []string, filter types.CollectionQueryOption) error {
	options := []types.CollectionQueryOption{types.WithLimit(100)} // without it, the client asks for 0
	if ids != nil {
		options = append(options, types.WithIds(ids))
	}
	if filter != nil {
		options = append(options, filter)
	}
	found, err := collection.GetWithOptions(ctx, options...)
	if err != nil {
		return err
	}
	var rows []string
	for i, id := range found.Ids {
		rows = append(rows, fmt.Sprintf("%s:%s", id, found.Documents[i]))
	}
	slices.Sort(rows)
	return equal(strings.Join(rows, " "), expected)
}

func isUpdated(collection *chroma.Collection) error {
	found, err := collection.GetWithOptions(ctx,
		types.WithIds([]string{"a"}),
		types.WithLimit(1),
		types.WithInclude(types.IEmbeddings, types.IMetadatas, types.IDocuments))
	if err != nil {
		return err
	}
	return errors.Join(
		equal(found.Documents, []string{"red cherry"}),
		equal(*found.Embeddings[0].GetFloat32(), []float32{1, 1, 0}),
		equal(fmt.Sprint(found.Metadatas[0]), "map[kind:x n:10]"))
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
	var owner, client *chroma.Client
	var kept, collection *chroma.Collection
	check("admin-creates-collection", func() (err error) {
		if owner, err = connect(admin); err != nil {
			return err
		}
		if kept, err = create(owner, name, false); err != nil {
			return err
		}
		_, err = kept.Add(ctx, vectors([]float32{1, 0}), []object{{"n": 1}}, []string{"one"}, []string{"a"})
		return err
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
		query := types.WithQueryEmbeddings(vectors([]float32{1, 0}))
		return errors.Join(counts(collection, 1), finds(collection, "a:one:0", query, types.WithNResults(1)))
	})
	check("reader-add", func() error {
		_, err := collection.Add(ctx, vectors([]float32{0, 1}), []object{{"n": 2}}, []string{"two"}, []string{"b"})
		return forbidden(err)
	})
	check("reader-delete", func() error {
		_, err := collection.Delete(ctx, []string{"a"}, nil, nil)
		return forbidden(err)
	})
	check("raw-reader-delete-collection", func() error {
		// not by the client: it looks at the answer to its request before, and takes the refusal for a success
		answer, err := request(http.MethodDelete, "/api/v1/collections/"+name, reader, "")
		if err != nil {
			return err
		}
		return answer.is(403, "Forbidden")
	})
	check("raw-reader-add", func() error {
		add := `{"ids":["b"],"embeddings":[[0,1]]}`
		answer, err := request(http.MethodPost, database+"/collections/"+kept.ID+"/add", reader, add)
		if err != nil {
			return err
		}
		return answer.is(403, "Forbidden")
	})
	check("count-is-unchanged", func() error { return counts(kept, 1) })
	check("admin-deletes-collection", func() error {
		_, err := owner.DeleteCollection(ctx, name)
		return err
	})
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

func main() {
	run(map[string]func(){"flow": flow, "refusals": refusals})
}
