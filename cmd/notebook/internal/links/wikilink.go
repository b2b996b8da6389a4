package links

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"notebook"
	"notebook/cmd/notebook/internal/input"
)

// wikilink follows [[name#heading]], or reads the picture of ![[name]].
func (r *resolver) wikilink(link notebook.Link) {
	name, fragment, _ := strings.Cut(link.Destination, "#")
	name, fragment = strings.TrimSpace(name), strings.TrimSpace(fragment)
	if name == "" {
		r.inPage(link, fragment)
		return
	}
	if link.Image && isPicture(name) {
		r.picture(link, name)
		return
	}
	if found := r.set.find(name); len(found) > 0 {
		r.toNote(link, r.choose(link, found), fragment)
		return
	}
	if path, ok := r.unrendered(name); ok {
		r.lead(link, r.address(path, fragment))
		return
	}
	if to, id, ok := r.heading(name); ok {
		r.lead(link, r.address(to.Page, id))
		return
	}
	r.warn(link, "", "there is no note [[%s]]", name)
}

// choose returns the note in the same folder, else the first.
func (r *resolver) choose(link notebook.Link, found []*source) *source {
	if len(found) == 1 {
		return found[0]
	}
	i := slices.IndexFunc(found, func(s *source) bool { return s.File.Dir() == r.from.File.Dir() })
	chosen := found[max(i, 0)]
	if i < 0 {
		r.warn(link, "write the path of the note", "[[%s]] can mean %s or %s: the first is taken", link.Destination, found[0].File.Name, found[1].File.Name)
	}
	return chosen
}

// unrendered returns the file of a note that exists but is not in the set.
func (r *resolver) unrendered(name string) (path string, ok bool) {
	if !input.IsNote(name) {
		name += ".md"
	}
	for _, dir := range []string{r.from.File.Dir(), r.from.File.Root} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, true
		}
	}
	return "", false
}

// heading returns the only heading with that text: of this note, else of the
// set.
func (r *resolver) heading(text string) (to *source, id string, ok bool) {
	if id, ok := r.from.anchors.headings[fold(text)]; ok {
		return r.from, id, true
	}
	count := 0
	for _, s := range r.set.sources {
		if found, ok := s.anchors.headings[fold(text)]; ok {
			to, id = s, found
			count++
		}
	}
	return to, id, count == 1
}
