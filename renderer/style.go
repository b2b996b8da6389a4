package renderer

import (
	"strconv"
	"strings"
)

// A style is how a terminal shows a character. Colors are those of the theme:
// 1 to 6 are red, green, yellow, blue, magenta and cyan, 8 is gray, and 0 is
// what text has anyway, since black and white would be lost in one of the
// themes.
type style struct {
	fg, bg                                       uint8
	bold, dim, italic, underline, strike, invert bool
}

const gray = 8

// class returns the CSS classes of s.
func (s style) class() string {
	if s == (style{}) {
		return ""
	}
	var classes []string
	add := func(on bool, name string) {
		if on {
			classes = append(classes, name)
		}
	}
	add(s.fg > 0, "a"+strconv.Itoa(int(s.fg)))
	add(s.bg > 0, "b"+strconv.Itoa(int(s.bg)))
	add(s.bold, "ab")
	add(s.dim, "ad")
	add(s.italic, "ai")
	add(s.underline, "au")
	add(s.strike, "as")
	add(s.invert, "ar")
	return strings.Join(classes, " ")
}

// set follows the parameters of an SGR sequence. Unknown ones are left out.
func (s *style) set(params string) {
	codes := strings.FieldsFunc(params+" ", func(r rune) bool { return r == ';' || r == ':' || r == ' ' })
	if len(codes) == 0 {
		*s = style{}
	}
	for i := 0; i < len(codes); i++ {
		code, err := strconv.Atoi(codes[i])
		if err != nil {
			return
		}
		if code == 38 || code == 48 {
			color, used := extended(codes[i+1:])
			s.color(code/10 == 4, color)
			i += used
			continue
		}
		s.setOne(code)
	}
}

func (s *style) setOne(code int) {
	switch code {
	case 0:
		*s = style{}
	case 1:
		s.bold = true
	case 2:
		s.dim = true
	case 3:
		s.italic = true
	case 4:
		s.underline = true
	case 7:
		s.invert = true
	case 9:
		s.strike = true
	case 22:
		s.bold, s.dim = false, false
	case 23:
		s.italic = false
	case 24:
		s.underline = false
	case 27:
		s.invert = false
	case 29:
		s.strike = false
	case 39, 49:
		s.color(code == 49, 0)
	default:
		s.setBasic(code)
	}
}

// setBasic sets one of the 16 colors.
func (s *style) setBasic(code int) {
	switch code / 10 {
	case 3, 4:
		s.color(code/10 == 4, basic(code%10))
	case 9, 10:
		s.color(code/10 == 10, basic(code%10+8))
	}
}

func (s *style) color(background bool, color uint8) {
	if background {
		s.bg = color
	} else {
		s.fg = color
	}
}

// basic maps the 16 colors of a terminal, the bright ones from 8.
func basic(n int) uint8 {
	switch {
	case n == 8:
		return gray
	case 1 <= n && n <= 6:
		return uint8(n)
	case 9 <= n && n <= 14:
		return uint8(n - 8)
	}
	return 0
}

// extended reads the color that follows 38 or 48: "5;n" or "2;r;g;b". It
// returns how many codes that took.
func extended(codes []string) (color uint8, used int) {
	number := func(i int) int {
		if i >= len(codes) {
			return 0
		}
		n, _ := strconv.Atoi(codes[i]) // anything else counts as 0
		return min(max(n, 0), 255)
	}
	switch {
	case len(codes) > 1 && codes[0] == "5":
		return indexed(number(1)), 2
	case len(codes) > 0 && codes[0] == "2":
		return nearest(number(1), number(2), number(3)), 4
	}
	return 0, len(codes)
}

// indexed maps the palette of 256 colors: 16 basic ones, a cube, grays.
func indexed(n int) uint8 {
	switch {
	case n < 16:
		return basic(n)
	case n < 232:
		step := func(v int) int { return v * 51 }
		n -= 16
		return nearest(step(n/36), step(n/6%6), step(n%6))
	}
	level := (n-232)*10 + 8
	return nearest(level, level, level)
}

// nearest maps a color to the hue of the theme that is closest, by which of
// red, green and blue are strong in it.
func nearest(r, g, b int) uint8 {
	low, high := min(r, g, b), max(r, g, b)
	if high-low < 40 { // no hue to speak of
		if 60 < high && high < 180 {
			return gray
		}
		return 0
	}
	middle := (low + high) / 2
	var color uint8 // bits as in the basic colors: red 1, green 2, blue 4
	for bit, v := range []int{r, g, b} {
		if v > middle {
			color |= 1 << bit
		}
	}
	return color
}
