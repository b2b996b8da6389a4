package lexers

import (
	"archive/zip"
	_ "embed"
	"io/fs"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// An entry is what the index says about a lexer.
type entry struct {
	config chroma.Config
	file   string // in the archive; "" for one that is defined in Go
}

// coded holds what makes the lexers that are defined in Go, by name. It is
// complete when the package is initialized.
var coded = map[string]func() chroma.Lexer{}

// Register notes how to make the lexer of that name and returns one that will
// be made when it is used. The files of chroma call it, nobody else.
func Register(name string, makeLexer func() chroma.Lexer) chroma.Lexer {
	coded[name] = makeLexer
	return named(name)
}

// HTML is the lexer that others cut their tags with.
var HTML chroma.Lexer = named("HTML")

// A source is where a lexer comes from.
type source struct {
	config *chroma.Config
	lexer  func() chroma.Lexer // makes it at the first call
}

// A catalog holds all lexers.
type catalog struct {
	sources map[named]source
	names   map[string]named // by name and by alias, in lower case
}

// known is the index as a catalog.
var known = sync.OnceValue(func() catalog {
	c := catalog{map[named]source{}, map[string]named{}}
	for i := range index {
		config, file := &index[i].config, index[i].file
		n := named(config.Name)
		c.sources[n] = source{config, sync.OnceValue(func() chroma.Lexer { return n.make(file) })}
		for _, name := range append([]string{config.Name}, config.Aliases...) {
			name = strings.ToLower(name)
			if c.names[name] == "" { // of two with one alias, chroma takes the first
				c.names[name] = n
			}
		}
	}
	return c
})

// registry is where lexers look up other ones.
var registry = sync.OnceValue(func() *chroma.LexerRegistry {
	r := chroma.NewLexerRegistry()
	for i := range index {
		r.Register(named(index[i].config.Name))
	}
	return r
})

// Named returns the lexer with that name or alias, nil where there is none. It
// does not tell upper from lower case.
func Named(name string) chroma.Lexer {
	if n := known().names[strings.ToLower(name)]; n != "" {
		return n
	}
	return nil
}

// Get returns the lexer with that name, alias or ending of file names, made;
// nil where there is none. An unknown name takes it milliseconds, since it is
// compared with the patterns of all files; [Named] only looks it up.
func Get(name string) chroma.Lexer {
	if n, ok := registry().Get(name).(named); ok {
		return n.made()
	}
	return nil
}

// MatchMimeType returns the lexer for a media type, nil where there is none.
func MatchMimeType(mimeType string) chroma.Lexer { return registry().MatchMimeType(mimeType) }

//go:embed lexers.zip
var archive string

// openArchive reads the table of contents of the archive.
var openArchive = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		panic("lexers: embedded archive: " + err.Error())
	}
	return r
})

// embedded holds the XML files.
var embedded fs.FS = files{}

// files is the archive, opened when a file is.
type files struct{}

// Open implements [fs.FS].
func (files) Open(name string) (fs.File, error) { return openArchive().Open(name) }
