package links

import (
	"path"
	"strings"

	"notebook"
	"notebook/cmd/notebook/internal/input"
)

// A Source is a note and where its page will be.
type Source struct {
	File input.File
	Note *notebook.Note
	Page string // absolute path of the page
}

// A Set is the notes that are rendered together, so that one can link to
// another.
type Set struct {
	sources []*source
	byPath  map[string]*source // by absolute path
	byName  [4]map[string][]*source
}

// A source is a Source with the places in it that links can lead to.
type source struct {
	Source
	anchors anchors
}

// The kinds of names that a wikilink can mean, those that win first.
const (
	pathName = iota // path below the set's folder, without extension
	fileName        // of the file, without folder and extension
	titleName
	aliasName
)

// NewSet returns the set of the sources.
func NewSet(sources []Source) *Set {
	s := &Set{byPath: map[string]*source{}}
	for kind := range s.byName {
		s.byName[kind] = map[string][]*source{}
	}
	for _, src := range sources {
		added := &source{Source: src, anchors: findAnchors(src.Note)}
		s.sources = append(s.sources, added)
		s.addPath(src.File.Path(), added)
		s.addName(pathName, withoutExtension(src.File.Rel), added)
		s.addName(fileName, path.Base(withoutExtension(src.File.Rel)), added)
		s.addName(titleName, src.Note.Title(), added)
		for _, alias := range src.Note.Meta.Aliases {
			s.addName(aliasName, alias, added)
		}
	}
	return s
}

// addPath lets the path of the note lead to it and, where no file of that name
// is a note, the path that its page would have beside it.
func (s *Set) addPath(path string, src *source) {
	s.byPath[path] = src
	if beside := withoutExtension(path) + ".html"; s.byPath[beside] == nil {
		s.byPath[beside] = src
	}
}

func (s *Set) addName(kind int, name string, src *source) {
	if name = fold(name); name != "" {
		s.byName[kind][name] = append(s.byName[kind][name], src)
	}
}

// find returns the notes that a wikilink can mean, all by the same kind of
// name.
func (s *Set) find(name string) []*source {
	for kind := range s.byName {
		for _, name := range []string{fold(name), fold(withoutExtension(name))} {
			if found := s.byName[kind][name]; len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// fold makes names equal that differ in case and blanks only.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// withoutExtension drops the extension of a note.
func withoutExtension(name string) string {
	if input.IsNote(name) {
		return strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}
