package links

import (
	"strings"

	"notebook"
)

// anchors are the places in a page that a link can lead to.
type anchors struct {
	ids      map[string]bool
	headings map[string]string // folded text of a heading -> id
}

func findAnchors(note *notebook.Note) anchors {
	a := anchors{ids: map[string]bool{}, headings: map[string]string{}}
	for _, cell := range note.Cells {
		a.ids[cell.Label] = true
	}
	for _, heading := range note.Headings() {
		a.ids[heading.ID] = true
		if text := fold(heading.Text); a.headings[text] == "" {
			a.headings[text] = heading.ID
		}
	}
	return a
}

// find returns the id that a fragment means: an id, or the text of a heading.
// Obsidian's ids of blocks (^id) are no place in a page: the page will do.
func (a anchors) find(fragment string) (id string, ok bool) {
	if a.ids[fragment] {
		return fragment, true
	}
	if strings.HasPrefix(fragment, "^") {
		return "", true
	}
	// Obsidian writes the way through the headings: Note#Part#Chapter.
	last := fragment[strings.LastIndex(fragment, "#")+1:]
	id, ok = a.headings[fold(last)]
	return id, ok
}
