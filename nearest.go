package notebook

import "strings"

// DidYouMean returns the hint that Parse gives for an unknown word: the known
// word nearest to it, or all known words where none is near.
func DidYouMean(word string, known []string) string { return didYouMean(word, known) }

// didYouMean returns a hint: the known word nearest to word, or all known
// words where none is near.
func didYouMean(word string, known []string) string {
	best, distance := "", 3 // more edits than two are another word
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), k, distance); d < distance && d < len(k) {
			best, distance = k, d
		}
	}
	if best == "" {
		return "known: " + strings.Join(known, ", ")
	}
	return "did you mean " + best + "?"
}

// NearestName returns the known name that a misspelled one most likely stands
// for; "" where none is near: more than a third of its letters would differ.
func NearestName(name string, known []string) string {
	best, distance := "", min(len(name)/3+1, 3)
	for _, k := range known {
		d := editDistance(name, k, distance)
		if d < distance || d == distance && best != "" && len(k) > len(best) && editDistance(name, k, d+1) == d {
			best, distance = k, d
		}
	}
	return best
}

// editDistance counts the bytes to insert, delete, replace or swap with their
// neighbor to get from a to b. Distances of limit or more are cut to limit.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	var before, above []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, above, row = above, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := above[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(replace, above[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return min(row[len(b)], limit)
}
