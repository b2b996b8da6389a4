package notebook

import "strings"

// maxDiffCells bounds the table that Diff builds: 2,000 by 2,000 lines.
const maxDiffCells = 4_000_000

// Diff returns the lines of want and got, each behind a sign: "-" for lines
// only in want, "+" for lines only in got, a space for common ones.
func Diff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	write := func(sign byte, lines []string) {
		for _, line := range lines {
			out.WriteByte(sign)
			out.WriteString(line)
			out.WriteByte('\n')
		}
	}
	head := commonPrefix(a, b)
	write(' ', a[:head])
	a, b = a[head:], b[head:]
	tail := commonSuffix(a, b)
	middleA, middleB := a[:len(a)-tail], b[:len(b)-tail]
	if len(middleA)*len(middleB) > maxDiffCells {
		write('-', middleA)
		write('+', middleB)
	} else {
		writeMiddle(write, middleA, middleB)
	}
	write(' ', a[len(a)-tail:])
	return out.String()
}

// writeMiddle writes the differences along a longest common subsequence.
func writeMiddle(write func(byte, []string), a, b []string) {
	common := commonTable(a, b)
	for len(a) > 0 || len(b) > 0 {
		row := common[len(common)-1-len(a)]
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			write(' ', a[:1])
			a, b = a[1:], b[1:]
		case len(b) == 0 || len(a) > 0 && common[len(common)-len(a)][len(row)-1-len(b)] >= row[len(row)-len(b)]:
			write('-', a[:1])
			a = a[1:]
		default:
			write('+', b[:1])
			b = b[1:]
		}
	}
}

// commonTable returns the length of the longest common subsequence of a[i:]
// and b[j:] for all i and j.
func commonTable(a, b []string) [][]int32 {
	table := make([][]int32, len(a)+1)
	for i := range table {
		table[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

func commonPrefix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
