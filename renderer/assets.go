package renderer

import "notebook"

// Assets are what a page takes from outside its note. Destinations are written
// as in the note: what stands in the brackets of ](...), or what stands in
// [[...]] before a bar, with its fragment.
//
// The zero value is a note without local pictures, of which nothing is known
// about where its links lead.
type Assets struct {
	// Images holds the local pictures of the note. A local picture that is
	// missing here is shown as missing.
	Images map[string]Image
	// Links says where links lead: the address on the page for each
	// destination that was looked up and found. A link that is missing here
	// stays as it is written, a wikilink is shown as unresolved.
	Links map[string]string
	// Diagnostics are what Parse reported. The errors of a cell are shown at
	// the cell, which is skipped because of them.
	Diagnostics []notebook.Diagnostic
}

// An Image is a picture that is embedded into a page.
type Image struct {
	MIME string // a kind of image/...; others are not embedded
	Data []byte
}
