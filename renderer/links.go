package renderer

import (
	"encoding/base64"
	"regexp"
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
			label, width = "", strings.TrimLeft(label, "0")
		}
		if label == destination {
			label = ""
		}
		r.picture(m, picture, destination, "alt", label, "width", width)
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
		r.picture(m, picture, destination, "alt", alt, "title", unescape(i.Title))
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

// MaxPictures is the size in bytes of all pictures that a page embeds; one
// that is shown twice counts twice. Pictures that do not fit are named.
const MaxPictures = 64 << 20

// picture writes an embedded picture with attributes, of which only alt may be
// empty. An SVG in an img element runs no script.
func (r *prose) picture(m markup, p Image, destination string, attrs ...string) {
	if len(p.Data) > MaxPictures-r.pictures {
		m.dead(true, "")
		m.text("Picture: " + destination)
		m.dead(false, "left out: the page has too many pictures")
		return
	}
	r.pictures += len(p.Data)
	all := []string{"src", "data:" + p.MIME + ";base64," + base64.StdEncoding.EncodeToString(p.Data)}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i] == "alt" || attrs[i+1] != "" {
			all = append(all, attrs[i], attrs[i+1])
		}
	}
	m.open("img", all...)
}
