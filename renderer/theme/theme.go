// Package theme holds the look of a page: the template of its frame, its style
// sheet and its script.
//
// The sources are written to be read; [CSS] and [Script] return them as a page
// carries them, without comments and indentation. A page allows exactly these
// bytes by their hash.
//
// The package knows nothing of notes and results, and it fetches nothing: the
// style sheet names no font, picture or other file.
package theme

import (
	_ "embed"
	"html/template"
	"sync"
)

//go:embed page.css
var css string

//go:embed page.js
var script string

//go:embed page.tmpl
var page string

// CSS returns the style sheet of a page.
func CSS() string { return pageCSS() }

// Script returns the script of a page. A page is whole without it.
func Script() string { return pageScript() }

// Page returns the template of a page's frame. It must not be changed.
func Page() *template.Template { return pageTemplate() }

var (
	pageCSS      = sync.OnceValue(func() string { return compactCSS(css) })
	pageScript   = sync.OnceValue(func() string { return compactScript(script) })
	pageTemplate = sync.OnceValue(func() *template.Template {
		return template.Must(template.New("page").Parse(page))
	})
)
