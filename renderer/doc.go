// Package renderer turns a note and the result of its run into a page: one
// HTML file that needs nothing else.
//
//	r := renderer.New()
//	err := r.Page(w, note, result, renderer.Assets{Images: images, Links: links})
//
// What it does not do: it opens no file, looks at no clock, fetches nothing
// and runs nothing. Whatever a page needs from outside the note comes in as
// [Assets].
//
// Invariants, each held by a test:
//
//   - Equal input gives equal bytes.
//   - Text of a note and bytes of a program never become markup. HTML is
//     written by html/template, by goldmark's renderer without its unsafe
//     mode, and by the one escaping writer of this package.
//   - A page makes no request, carries no style attribute and allows only its
//     own style sheet and script, by their hashes.
//   - A page is whole and readable without its script.
//   - Ids are unique: a cell has its label, a heading the id that the parser
//     gave it, and generated ids hold a colon, which neither of them can.
package renderer
