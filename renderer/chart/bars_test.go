package chart_test

import (
	"regexp"
	"strings"
	"testing"

	"notebook/renderer/chart"
)

// TestBarWords asks for a name and a value on one line where a phone has the
// room for both, and else for one below the other, both above the bar.
func TestBarWords(t *testing.T) {
	top := regexp.MustCompile(`<(text class="(name|value)[^>]*?|rect [^>]*?)y="([0-9.]+)"`)
	for _, test := range []struct {
		name, label string
		lines       int
	}{
		{"short", "loop", 1},
		{"long", "goroutines that share a pool of four workers", 2},
	} {
		svg := chart.Bars([]chart.Bar{{Label: test.label, Text: "21.2 ms, 1.97×", Value: 1}}, chart.AxisOptions{ID: "a"})
		var tops []float64
		for _, found := range top.FindAllStringSubmatch(svg, -1) {
			tops = append(tops, decode[float64](t, []byte(found[3])))
		}
		if len(tops) != 3 || tops[2] <= tops[1] || (tops[0] == tops[1]) != (test.lines == 1) {
			t.Errorf("%s: name, value and bar at %v in %s", test.name, tops, strings.ReplaceAll(svg, "<", "\n<"))
		}
	}
}
