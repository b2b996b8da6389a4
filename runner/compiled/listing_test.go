package compiled

import (
	"maps"
	"slices"
	"testing"
)

// TestSharedByImports collects two paths that need the same package with C code
// beside it, as net and net/http do under the race detector.
func TestSharedByImports(t *testing.T) {
	listed, err := readListing([]byte(`
		{"ImportPath": "runtime/cgo", "Export": "cgo.a"}
		{"ImportPath": "net", "Export": "net.a", "Imports": ["C", "runtime/cgo"]}
		{"ImportPath": "net/http", "Export": "http.a", "Imports": ["net"]}
		{"ImportPath": "command-line-arguments", "Imports": ["net", "net/http"]}`), "")
	if err != nil {
		t.Fatal(err)
	}
	found := &packages{All: map[string]*pkg{}, Refused: map[string]*ImportError{}}
	listed.collect([]string{"net", "net/http"}, found)
	for path, e := range found.Refused {
		t.Errorf("%s is refused: %v", path, e)
	}
	got, want := slices.Sorted(maps.Keys(found.All)), []string{"net", "net/http", "runtime/cgo"}
	if !slices.Equal(got, want) {
		t.Errorf("got the packages %q, want %q", got, want)
	}
}
