// Package chart draws what was measured as inline SVG: timelines of
// goroutines, bars with intervals, and scaling curves.
//
//	svg := chart.Timeline(traced.Timeline, chart.Options{ID: "cell-1:time", Title: "Timeline of cell 1"})
//	chart.Legend(...), chart.Sentences(...) and chart.Lives(...) say the same in words
//
// What it does not do: it writes no HTML around the pictures, knows no cell
// and no page, and measures nothing.
//
// Invariants, each held by a test:
//
//   - Every function is pure: equal input gives equal bytes.
//   - A picture is well-formed XML without scripts, style attributes and
//     fixed colors. Colors are classes of the page's style sheet. Its ids
//     begin with [Options].ID.
//   - No picture has more than [MaxSize] bytes, whatever is drawn, and no
//     coordinate lies outside of it.
//   - Pictures have no width of their own. Shapes stretch with the page; text,
//     marks and the thickness of lines do not, so that one picture serves a
//     wide page, a phone and paper. Names stand in the padding at the left,
//     which the style sheet gives.
package chart
