package renderer

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"path"
	"regexp"
	"strings"

	"notebook"
	"notebook/renderer/internal/format"
	"notebook/renderer/theme"
)

// A page is one page while it is made.
type page struct {
	note    *notebook.Note
	result  *notebook.Result
	assets  Assets
	prose   *prose
	outline outline
	colors  *colors
	marked  []markedLine // of verdicts, in the order of the note
	lines   *regexp.Regexp
	named   map[int]bool // lines of the note that the page names
}

func newPage(n *notebook.Note, res *notebook.Result, assets Assets) *page {
	p := &page{note: n, result: res, assets: assets, outline: makeOutline(n), colors: newColors()}
	p.prose = newProse(p)
	p.marked = findMarkedLines(n, res)
	p.lines = linesIn(n.Name)
	p.named = p.findNamedLines()
	return p
}

// A frame is what the template of a page shows.
type frame struct {
	Lang, Title, Description, Generator, Policy string

	CSS    template.CSS
	Script template.JS

	Tags     []string
	Heading  template.HTML
	TitleID  string
	Byline   string
	Facts    []fact
	Why      string // the session was interpreted
	NotRun   string
	Body     template.HTML
	Footer   string
	Contents []*part
}

func (p *page) write(w io.Writer) error {
	body, err := p.body()
	if err != nil {
		return err
	}
	heading, err := p.heading()
	if err != nil {
		return err
	}
	f := frame{
		Lang:        language(p.note.Meta.Lang),
		Title:       format.Visible(p.title()),
		Description: format.Visible(p.note.Meta.Description),
		Generator:   generator(p.result.Start),
		Policy:      policy(theme.CSS(), theme.Script()),
		CSS:         template.CSS(theme.CSS()),   // our own sheet
		Script:      template.JS(theme.Script()), // our own script
		Tags:        p.outline.tags,
		Heading:     heading,
		TitleID:     p.outline.titleID(),
		Byline:      format.Visible(byline(p.note.Meta)),
		Facts:       p.facts(),
		Why:         p.interpreted(),
		NotRun:      p.notRun(),
		Body:        body,
		Footer:      p.footer(),
		Contents:    p.contents(),
	}
	if err := theme.Page().Execute(w, f); err != nil {
		return fmt.Errorf("write page of %s: %w", p.note.Name, err)
	}
	return nil
}

// body returns the note as HTML.
func (p *page) body() (template.HTML, error) {
	var b strings.Builder
	m := markup{&b}
	for _, problem := range p.result.Problems {
		p.problem(m, nil, problem, problemStyle{loud: true})
	}
	if err := p.prose.render(&b, p.note.Source, p.note.Tree); err != nil {
		return "", err
	}
	return template.HTML(clean(b.String())), nil // escaped by goldmark's renderer and by markup
}

// heading returns the content of the page's one h1.
func (p *page) heading() (template.HTML, error) {
	var b strings.Builder
	if p.outline.title == nil {
		markup{&b}.backquoted(cmp.Or(p.note.Meta.Title, p.title()))
	} else if err := p.prose.renderChildren(&b, p.note.Source, p.outline.title); err != nil {
		return "", err
	}
	return template.HTML(clean(b.String())), nil // escaped by goldmark's renderer and by markup
}

// title returns the note's title, else the name of its file.
func (p *page) title() string {
	if p.note.Meta.Title != "" {
		return withoutBackquotes(p.note.Meta.Title)
	}
	if p.outline.title != nil {
		if s := plainText(p.outline.title, p.note.Source); s != "" {
			return s
		}
	}
	return strings.TrimSuffix(base(p.note.Name), path.Ext(p.note.Name))
}

// base returns the last element of a name: pages hold no paths of the machine
// that made them.
func base(name string) string {
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// language returns the language of a note: English where it names none.
func language(tag string) string {
	if languageTag.MatchString(tag) {
		return tag
	}
	return "en"
}

func byline(m notebook.Meta) string {
	var parts []string
	if len(m.Author) > 0 {
		parts = append(parts, format.List(m.Author))
	}
	if m.Date != "" {
		parts = append(parts, m.Date)
	}
	return strings.Join(parts, " · ")
}

// policy returns the content security policy: nothing may be loaded and
// nothing may run but the page's own style sheet and script.
func policy(css, script string) string {
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; img-src data:; base-uri 'none'; form-action 'none'",
		sourceHash(css), sourceHash(script))
}

func sourceHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
