package lexers

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

func TestGeneratedFilesFitTheModule(t *testing.T) {
	mod, err := os.ReadFile("../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := openArchive().Comment
	if !strings.Contains(string(mod), "\tgithub.com/alecthomas/chroma/v2 "+version+"\n") {
		t.Errorf("the lexers are those of chroma %s, which is not that of go.mod: run go generate", version)
	}
}

// Both registries have the same lexers in the same order, and those are found
// by the same names, files and media.
func TestSameRegistry(t *testing.T) {
	theirs, ours := found(lexers.GlobalLexerRegistry), found(registry())
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Errorf("- chroma, + here:\n%s", diff)
	}
	for name := range coded {
		if _, ok := known().sources[named(name)]; !ok {
			t.Errorf("%s is not in the index", name)
		}
	}
}

// found returns those parts of the configurations by which lexers are found.
func found(r *chroma.LexerRegistry) []chroma.Config {
	var configs []chroma.Config
	for _, lexer := range r.Lexers {
		c := lexer.Config()
		configs = append(configs, chroma.Config{
			Name:           c.Name,
			Aliases:        slices.Concat(c.Aliases), // nil where it is empty
			Filenames:      slices.Concat(c.Filenames),
			AliasFilenames: slices.Concat(c.AliasFilenames),
			MimeTypes:      slices.Concat(c.MimeTypes),
			Priority:       c.Priority,
		})
	}
	return configs
}

func TestNamed(t *testing.T) {
	for _, name := range append(lexers.Names(true), "PYTHON", "eMacsLisp") {
		compareNames(t, "Named", name, Named(name), lexers.Get(name))
		lower := strings.ToLower(name)
		compareNames(t, "Named", lower, Named(lower), lexers.Get(name))
	}
	for _, name := range []string{"", "klingon", "a.py", "*.py"} {
		compareNames(t, "Named", name, Named(name), nil)
	}
}

func TestGet(t *testing.T) {
	for _, name := range []string{"", "klingon", "Python", "a.py", "yml", "pyw", "Makefile", "h", "inc", "ts"} {
		compareNames(t, "Get", name, Get(name), lexers.Get(name))
	}
}

func TestMatchMimeType(t *testing.T) {
	for _, name := range []string{"", "text/klingon", "application/json", "text/html", "text/x-sh"} {
		compareNames(t, "MatchMimeType", name, MatchMimeType(name), lexers.MatchMimeType(name))
	}
}

func compareNames(t *testing.T, function, arg string, got, want chroma.Lexer) {
	t.Helper()
	name := func(lexer chroma.Lexer) string {
		if lexer == nil {
			return "nil"
		}
		return lexer.Config().Name
	}
	if name(got) != name(want) {
		t.Errorf("%s(%q) = %s, want %s", function, arg, name(got), name(want))
	}
}

// Every lexer cuts text into the tokens that chroma's own gives.
func TestSameTokens(t *testing.T) {
	samples := readSamples(t)
	for _, name := range slices.Sorted(maps.Keys(coded)) {
		if samples[name] == "" {
			t.Errorf("%s has no sample", name)
		}
	}
	for _, theirs := range lexers.GlobalLexerRegistry.Lexers {
		name := theirs.Config().Name
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{samples[name], samples["any"]} {
				want, got := tokens(t, theirs, text), tokens(t, Named(name), text)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("- chroma, + here:\n%s", diff)
				}
			}
		})
	}
}

func readSamples(t *testing.T) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/samples.txtar")
	if err != nil {
		t.Fatal(err)
	}
	samples := map[string]string{}
	for _, file := range archive.Files {
		samples[file.Name] = string(file.Data)
	}
	return samples
}

// tokens returns the first tokens of a text: on some texts, some lexers go on
// with empty ones for ever.
func tokens(t *testing.T, lexer chroma.Lexer, text string) []chroma.Token {
	t.Helper()
	next, err := lexer.Tokenise(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	var list []chroma.Token
	for token := next(); token != chroma.EOF && len(list) < 2*len(text); token = next() {
		list = append(list, token)
	}
	return list
}
