package renderer

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"

	"notebook"
)

var (
	scheme    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	imageMIME = regexp.MustCompile(`^image/[a-z0-9.+-]+$`)
	pixels    = regexp.MustCompile(`^[0-9]{1,4}$`)
)

// safeAddress returns a destination as the value of an href, if a page may
// link to it.
func safeAddress(destination string) (address string, ok bool) {
	if !notebook.IsHarmless(destination) {
		return "", false
	}
	return string(util.URLEscape([]byte(destination), false)), true
}

// remote reports whether an address leads to another machine.
func remote(address string) bool {
	return scheme.MatchString(address) || strings.HasPrefix(address, "//")
}

// resolve returns where a destination of the note leads.
func (r *prose) resolve(destination string) (address string, ok bool) {
	if found, known := r.page.assets.Links[destination]; known {
		return safeAddress(found)
	}
	return safeAddress(unescape([]byte(destination)))
}

func (r *prose) link(m markup, _ []byte, n ast.Node, entering bool) bool {
	l := n.(*ast.Link)
	address, ok := r.resolve(string(l.Destination))
	switch {
	case !ok:
		m.dead(entering, "this link was removed")
	case entering:
		attrs := []string{"href", address}
		if len(l.Title) > 0 {
			attrs = append(attrs, "title", unescape(l.Title))
		}
		m.open("a", attrs...)
	default:
		m.end("a")
	}
	return true
}

// dead writes the tags around a text that looks like a link and leads nowhere.
func (m markup) dead(entering bool, why string) {
	if entering {
		m.open("span", "class", "dead")
		return
	}
	m.element("span", " ("+why+")", "class", "vh")
	m.end("span")
}

func (r *prose) autoLink(m markup, source []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	l := n.(*ast.AutoLink)
	destination := string(l.URL(source))
	if l.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(destination), "mailto:") {
		destination = "mailto:" + destination
	}
	if address, ok := r.resolve(destination); ok {
		m.element("a", string(l.Label(source)), "href", address)
	} else {
		m.text(string(l.Label(source)))
	}
	return false
}

func (r *prose) wikilink(m markup, source []byte, n ast.Node, entering bool) bool {
	l := n.(*wikilink.Node)
	destination := string(l.Target)
	if len(l.Fragment) > 0 {
		destination += "#" + string(l.Fragment)
	}
	if l.Embed {
		if entering {
			r.embed(m, l, destination, source)
		}
		return false
	}
	address, known := r.page.assets.Links[destination]
	if known {
		address, known = safeAddress(address)
	}
	switch {
	case !known:
		m.dead(entering, "no such note")
	case entering:
		m.open("a", "href", address)
	default:
		m.end("a")
	}
	return true
}

// embed writes ![[...]]: a picture, or a link to the note.
func (r *prose) embed(m markup, l *wikilink.Node, destination string, source []byte) {
	label := plainText(l, source)
	if picture, ok := r.localImage(destination); ok {
		width := ""
		if pixels.MatchString(label) {
			label, width = "", label
		}
		if label == destination {
			label = ""
		}
		m.picture(picture, label, "", width)
		return
	}
	address, ok := r.page.assets.Links[destination]
	if ok {
		address, ok = safeAddress(address)
	}
	if ok {
		m.element("a", label, "href", address)
		return
	}
	m.dead(true, "")
	m.text(destination)
	m.dead(false, "not found")
}

func (r *prose) image(m markup, source []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	i := n.(*ast.Image)
	destination, alt := string(i.Destination), plainText(i, source)
	if picture, ok := r.localImage(destination); ok {
		m.picture(picture, alt, unescape(i.Title), "")
		return false
	}
	if notebook.IsInlinePicture(destination) {
		m.open("img", "src", destination, "alt", alt)
		return false
	}
	name := alt
	if name == "" {
		name = destination
	}
	address, ok := safeAddress(unescape(i.Destination))
	switch {
	case ok && remote(address): // a page makes no requests; the reader may
		m.element("a", "Picture: "+name, "href", address)
	case ok:
		m.dead(true, "")
		m.text("Picture: " + name)
		m.dead(false, "not found")
	default:
		m.text(name)
	}
	return false
}

// localImage returns the picture that belongs to a destination.
func (r *prose) localImage(destination string) (Image, bool) {
	picture, ok := r.page.assets.Images[destination]
	return picture, ok && imageMIME.MatchString(picture.MIME)
}

// picture writes an embedded picture. An SVG in an img element runs no script.
func (m markup) picture(p Image, alt, title, width string) {
	attrs := []string{"src", "data:" + p.MIME + ";base64," + base64.StdEncoding.EncodeToString(p.Data), "alt", alt}
	if title != "" {
		attrs = append(attrs, "title", title)
	}
	if n, err := strconv.Atoi(width); err == nil && n > 0 {
		attrs = append(attrs, "width", width)
	}
	m.open("img", attrs...)
}
