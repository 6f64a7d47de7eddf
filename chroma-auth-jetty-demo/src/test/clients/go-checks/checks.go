// What the programs of all Go clients share: the installer copies it beside each main.go.
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"
)

var (
	url, scheme          = os.Getenv("CHROMA_URL"), os.Getenv("CHROMA_SCHEME")
	admin, reader, wrong = os.Getenv("CHROMA_CREDENTIALS"), os.Getenv("CHROMA_READER_CREDENTIALS"), os.Getenv("CHROMA_WRONG_CREDENTIALS")

	passed, failed int
	ctx            context.Context
)

// check runs one check: whatever fails in it is reported, and the next one runs all the same.
func check(name string, body func() error) {
	err := caught(body)
	if err == nil {
		passed++
		fmt.Println("ok", name)
		return
	}
	failed++
	fmt.Printf("FAIL %s: %s\n", name, withoutSecrets(err.Error()))
}

// caught also reports a panic: a nil client or collection is what a failed check leaves behind.
func caught(body func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return body()
}

func withoutSecrets(text string) string {
	for _, secret := range []string{admin, reader, wrong} {
		_, password, _ := strings.Cut(secret, ":")
		for _, form := range []string{base64.StdEncoding.EncodeToString([]byte(secret)), secret, password} {
			if form != "" {
				text = strings.ReplaceAll(text, form, "***")
			}
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	return text[:min(len(text), 200)]
}

func equal(actual, expected any) error {
	if !reflect.DeepEqual(actual, expected) {
		return fmt.Errorf("expected %v, found %v", expected, actual)
	}
	return nil
}

// fails wants a text in the error: its type says nothing.
func fails(text string, err error) error {
	if err == nil {
		return errors.New("did not fail")
	}
	if !strings.Contains(err.Error(), text) {
		return fmt.Errorf("failed without %q: %w", text, err)
	}
	return nil
}

func unauthorized(err error) error { return fails("Error (401) AuthError: Unauthorized", err) }
func forbidden(err error) error    { return fails("Error (403) AuthError: Forbidden", err) }

type answer struct {
	status int
	header http.Header
	body   []byte
}

// request goes without any client: what another program sees. It has a transport of its own, because chroma-go
// replaces the one of http.DefaultClient.
func request(method, path, credentials, body string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, url+path, bytes.NewBufferString(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	switch {
	case credentials == "":
	case scheme == "basic":
		user, password, _ := strings.Cut(credentials, ":")
		req.SetBasicAuth(user, password)
	case scheme == "bearer":
		req.Header.Set("Authorization", "Bearer "+credentials)
	default:
		req.Header.Set("X-Chroma-Token", credentials)
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, text}, err
}

func (a answer) is(status int, message string) error {
	if err := equal(a.status, status); err != nil {
		return err
	}
	var body map[string]string
	if err := json.Unmarshal(a.body, &body); err != nil {
		return err
	}
	if a.header.Get("X-Request-Id") == "" {
		return errors.New("no X-Request-Id")
	}
	return equal(body, map[string]string{"error": "AuthError", "message": message})
}

// require: an absent credential would be sent as none, and the refusal of nobody taken for the refusal of somebody.
func require(variables ...string) {
	for _, v := range variables {
		if os.Getenv(v) == "" {
			stop("client: not set: " + v)
		}
	}
	if !slices.Contains([]string{"basic", "bearer", "x-chroma-token"}, scheme) {
		stop("client: CHROMA_SCHEME is none of basic, bearer, x-chroma-token")
	}
}

func stop(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}

// run runs the one mode that the command line names, of these.
func run(modes map[string]func()) {
	if len(os.Args) != 2 || modes[os.Args[1]] == nil {
		stop("usage: client MODE, one of " + strings.Join(slices.Sorted(maps.Keys(modes)), ", "))
	}
	require("CHROMA_URL", "CHROMA_SCHEME", "CHROMA_CREDENTIALS")
	if os.Args[1] == "refusals" {
		require("CHROMA_READER_CREDENTIALS", "CHROMA_WRONG_CREDENTIALS")
	}
	if os.Args[1] == "elsewhere" {
		require("CHROMA_OWN_TENANT", "CHROMA_OWN_DATABASE")
	}
	var cancel context.CancelFunc
	ctx, cancel = context.WithTimeout(context.Background(), 2*time.Minute) // the client itself has no time limit
	defer cancel()
	modes[os.Args[1]]()
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if passed == 0 || failed > 0 {
		os.Exit(1) // skips the deferred cancel, which nothing needs any more
	}
}
