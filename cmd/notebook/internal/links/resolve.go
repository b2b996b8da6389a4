package links

import (
	"fmt"

	"notebook"
	"notebook/renderer"
)

// Resolve returns what the page of the set's note with that index needs from
// outside, and a warning for everything that it will miss, in the order of the
// note.
func (s *Set) Resolve(index int) (renderer.Assets, []notebook.Diagnostic) {
	r := &resolver{
		set: s, from: s.sources[index],
		assets: renderer.Assets{Images: map[string]renderer.Image{}, Links: map[string]string{}},
	}
	for _, link := range r.from.Note.Links() {
		switch {
		case link.Wiki:
			r.wikilink(link)
		case link.Image:
			r.image(link)
		default:
			r.link(link)
		}
	}
	return r.assets, r.warnings
}

// A resolver follows the links of one note.
type resolver struct {
	set      *Set
	from     *source
	assets   renderer.Assets
	pictures int // bytes of the pictures that the page embeds
	warnings []notebook.Diagnostic
}

// lead notes where a link leads on the page.
func (r *resolver) lead(link notebook.Link, address string) {
	r.assets.Links[link.Destination] = address
}

func (r *resolver) warn(link notebook.Link, hint, format string, args ...any) {
	r.warnings = append(r.warnings, notebook.Diagnostic{
		File: r.from.Note.Name, Position: link.Position, Severity: notebook.Warning,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}
