package theme

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

// A pair is a color on another, with the contrast that it needs: WCAG 2.2 AA
// wants 4.5 for text and 3 for the parts of controls and pictures.
type pair struct {
	front, back string
	least       float64
}

func pairs() []pair {
	var all []pair
	add := func(least float64, fronts, backs string) {
		for _, front := range strings.Fields(fronts) {
			for _, back := range strings.Fields(backs) {
				all = append(all, pair{front, back, least})
			}
		}
	}
	add(4.5, "fg muted accent", "bg card soft")
	add(4.5, "keyword string number comment function type", "card mark bad-soft")
	add(4.5, "fg muted", "mark bad-soft ok-soft warn-soft accent-soft")
	add(4.5, "accent warn", "accent-soft ok-soft warn-soft bad-soft") // links in callouts
	add(4.5, "bad", "bg card bad-soft")
	add(4.5, "ok", "bg card ok-soft")
	add(4.5, "warn", "bg card soft")
	add(4.5, "bad ok warn function keyword type muted", "soft") // output of terminals
	add(4.5, "fg", "line")
	add(3, "accent bad warn", "bg card")
	add(3, "p0 p1 p2 p3 p4 p5 channel receive select lock group cond sleep wait network ready kernel gc warn", "card") // charts
	return all
}

func TestContrast(t *testing.T) {
	light, dark := colors(t)
	for name, palette := range map[string]map[string]color{"light": light, "dark": dark} {
		for _, p := range pairs() {
			front, back := palette[p.front], palette[p.back]
			if got := contrast(front, back); got < p.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, less than %.1f", name, p.front, p.back, got, p.least)
			}
		}
	}
}

type color [3]float64

var colorPair = regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);`)

// colors reads the palettes from the style sheet.
func colors(t *testing.T) (light, dark map[string]color) {
	light, dark = map[string]color{}, map[string]color{}
	for _, m := range colorPair.FindAllStringSubmatch(css, -1) {
		light[m[1]], dark[m[1]] = parseColor(t, m[2]), parseColor(t, m[3])
	}
	for _, p := range pairs() {
		for _, name := range []string{p.front, p.back} {
			if _, ok := light[name]; !ok {
				t.Fatalf("the style sheet has no color %s", name)
			}
		}
	}
	return light, dark
}

func parseColor(t *testing.T, s string) color {
	var r, g, b uint8
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatalf("color %s: %v", s, err)
	}
	return color{float64(r), float64(g), float64(b)}
}

// contrast is the ratio of WCAG 2: from 1, the same, to 21.
func contrast(a, b color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color) float64 {
	var linear color
	for i, v := range c {
		if v /= 255; v <= 0.04045 {
			linear[i] = v / 12.92
		} else {
			linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

func TestContrastFormula(t *testing.T) {
	black, white, gray := color{0, 0, 0}, color{255, 255, 255}, color{118, 118, 118}
	if got := contrast(black, white); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white: %.2f", got)
	}
	if got := contrast(gray, white); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white: %.2f", got)
	}
}

func TestCompactCSS(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a { color: red; }\n\nb{}", "a{color:red}b{}"},
		{"/* why */ a > b,\nc { margin: 0 auto }", "a>b,c{margin:0 auto}"},
		{"a:hover .b { x: calc(1px + 2px) }", "a:hover .b{x:calc(1px + 2px)}"},
		{`a::after { content: " ; { /* x */ " }`, `a::after{content:" ; { /* x */ "}`},
		{"@media (max-width: 4rem) { a { b: c } }", "@media (max-width:4rem){a{b:c}}"},
	}
	for _, test := range tests {
		if got := compactCSS(test.in); got != test.want {
			t.Errorf("%q became %q, want %q", test.in, got, test.want)
		}
	}
}

func TestCompactScript(t *testing.T) {
	in := "// what\n(() => {\n  // why\n  f(\"// no comment\");\n\n})();\n"
	if got, want := compactScript(in), "(() => {\nf(\"// no comment\");\n})();"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is written inline must not end its element, and must fetch nothing.
func TestSources(t *testing.T) {
	for name, source := range map[string]string{"CSS": CSS(), "Script": Script()} {
		for _, bad := range []string{"</", "<!--", "http:", "https:", "url(", "@import", "/*"} {
			if strings.Contains(source, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
	if strings.Count(CSS(), "{") != strings.Count(CSS(), "}") {
		t.Error("the braces of the style sheet do not match")
	}
}
