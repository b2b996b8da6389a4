package output

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"notebook/cmd/notebook/internal/input"
)

// Site is the folder that the pages of a folder of notes are written to.
const Site = "_site"

// A Page is the place of a note's page.
type Page struct {
	File   input.File
	Folder string // output folder, as the user named it
	Rel    string // path below Folder, with slashes
}

// Path returns the path of the page, as messages show it.
func (p Page) Path() string { return filepath.Join(p.Folder, filepath.FromSlash(p.Rel)) }

// Plan returns the page of each note, in the order of the notes. Target is the
// flag -o: empty for pages beside their notes or in Site, a name that ends
// with .html for the page of a single note, else a folder. Two notes with the
// same page are an error, as is a page in the place of a note.
func Plan(files []input.File, target string) ([]Page, error) {
	if IsPage(target) && (len(files) > 1 || files[0].Folder) {
		return nil, fmt.Errorf("-o %s names one page, but there are more notes than one file: name a folder", target)
	}
	pages := make([]Page, len(files))
	notes, taken := map[string]bool{}, map[string]string{}
	for _, file := range files {
		notes[file.Path()] = true
	}
	for i, file := range files {
		pages[i] = place(file, target)
		path, err := filepath.Abs(pages[i].Path())
		if err != nil {
			return nil, err
		}
		if notes[path] {
			return nil, fmt.Errorf("%s: the page would replace a note: choose another place with -o", pages[i].Path())
		}
		if other, ok := taken[path]; ok {
			return nil, fmt.Errorf("%s and %s would both become %s", other, file.Name, pages[i].Path())
		}
		taken[path] = file.Name
	}
	return pages, nil
}

// IsPage reports whether the flag -o names a page rather than a folder.
func IsPage(target string) bool { return strings.EqualFold(filepath.Ext(target), ".html") }

func place(file input.File, target string) Page {
	page := Page{File: file, Folder: target, Rel: Rename(file.Rel)}
	switch {
	case IsPage(target):
		page.Folder, page.Rel = filepath.Dir(target), filepath.Base(target)
	case target != "":
	case file.Folder:
		page.Folder = filepath.Join(file.Arg, Site)
	default:
		page.Folder = filepath.Dir(file.Arg)
	}
	return page
}

// Rename returns the name of the page of a note: its extension becomes .html.
func Rename(note string) string { return strings.TrimSuffix(note, path.Ext(note)) + ".html" }
