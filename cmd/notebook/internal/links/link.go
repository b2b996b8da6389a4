package links

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"notebook"
)

const escapeHint = "write a space as %20 and a percent sign as %25"

// link follows a link of Markdown. Links into the network are left alone.
func (r *resolver) link(link notebook.Link) {
	target, err := url.Parse(link.Destination)
	if err != nil {
		r.warn(link, escapeHint, "the link %q is no address", link.Destination)
		return
	}
	if isRemote(target) {
		return
	}
	if target.Path == "" {
		r.inPage(link, target.Fragment)
		return
	}
	path := r.local(target.Path)
	if to := r.set.byPath[path]; to != nil {
		r.toNote(link, to, target.Fragment)
		return
	}
	if _, err := os.Stat(path); err != nil {
		r.warn(link, "", "the link leads to %s, which does not exist", target.Path)
		return
	}
	r.lead(link, r.address(path, target.Fragment))
}

// inPage follows a link to a place in the same note.
func (r *resolver) inPage(link notebook.Link, fragment string) {
	if fragment == "" {
		return
	}
	id, ok := r.from.anchors.find(fragment)
	if !ok {
		r.warn(link, "", "the link leads to #%s, which this note does not have", fragment)
		return
	}
	r.lead(link, "#"+escapeFragment(id))
}

// toNote follows a link to a note of the set. The page is there even where the
// place in it is not.
func (r *resolver) toNote(link notebook.Link, to *source, fragment string) {
	id := ""
	if fragment != "" {
		var ok bool
		if id, ok = to.anchors.find(fragment); !ok {
			r.warn(link, "", "the link leads to #%s, which %s does not have", fragment, to.File.Name)
		}
	}
	r.lead(link, r.address(to.Page, id))
}

// local returns the absolute path of the file that a path of the note means.
// A path that begins with a slash begins at the folder of the notes.
func (r *resolver) local(path string) string {
	if strings.HasPrefix(path, "/") {
		return filepath.Join(r.from.File.Root, filepath.FromSlash(path))
	}
	return filepath.Join(r.from.File.Dir(), filepath.FromSlash(path))
}

// address returns the address of a file, as seen from the note's page.
func (r *resolver) address(path, fragment string) string {
	rel, err := filepath.Rel(filepath.Dir(r.from.Page), path)
	if err != nil {
		rel = path
	}
	address := (&url.URL{Path: filepath.ToSlash(rel)}).String() // puts ./ before a name like a:b
	if fragment != "" {
		address += "#" + escapeFragment(fragment)
	}
	return address
}

func escapeFragment(id string) string { return (&url.URL{Fragment: id}).EscapedFragment() }

// isRemote reports whether an address leads out of the file system.
func isRemote(u *url.URL) bool { return u.Scheme != "" || u.Host != "" }
