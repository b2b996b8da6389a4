package renderer

import (
	"fmt"
	"strings"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// busy says a ratio of CPU time to wall time in words.
func busy(ratio float64) string {
	switch {
	case ratio < 0.05:
		return "waiting nearly all the time"
	case ratio < 0.95:
		return fmt.Sprintf("%.1f of a core busy", ratio)
	case ratio < 1.05:
		return "1 core busy"
	}
	return fmt.Sprintf("%.1f cores busy", ratio)
}

// cellNames names cells by their labels: "cells 1, 2 and worker".
func cellNames(labels []string) string {
	names := make([]string, len(labels))
	for i, l := range labels {
		names[i] = strings.TrimPrefix(notebook.CellName(l), "cell ")
	}
	if len(names) == 1 {
		return "cell " + names[0]
	}
	return "cells " + format.List(names)
}

// durationWords returns a duration that Go printed, such as "31.913554ms", with
// the digits that count; "" for other text, and for none.
func durationWords(text string) string {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d.String() != text {
		return ""
	}
	return format.Unbroken(format.Duration(d))
}
