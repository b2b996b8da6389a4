// Matrices and graphs with type parameters and iterators.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}

type Matrix[T Number] struct {
	rows, cols int
	cells      []T
}

var errShape = errors.New("shapes differ")

func NewMatrix[T Number](cols int, cells ...T) Matrix[T] {
	return Matrix[T]{len(cells) / cols, cols, cells}
}

func Identity[T Number](n int) Matrix[T] {
	m := NewMatrix(n, make([]T, n*n)...)
	for i := range n {
		*m.at(i, i) = 1
	}
	return m
}

func (m Matrix[T]) at(r, c int) *T { return &m.cells[r*m.cols+c] }

func (m Matrix[T]) Rows() iter.Seq2[int, []T] {
	return func(yield func(int, []T) bool) {
		for r := range m.rows {
			if !yield(r, m.cells[r*m.cols:(r+1)*m.cols]) {
				return
			}
		}
	}
}

func (m Matrix[T]) Times(o Matrix[T]) (p Matrix[T], err error) {
	if m.cols != o.rows {
		return p, fmt.Errorf("%dx%d times %dx%d: %w", m.rows, m.cols, o.rows, o.cols, errShape)
	}
	p = NewMatrix(o.cols, make([]T, m.rows*o.cols)...)
	for r := range m.rows {
		for c := range o.cols {
			for k := range m.cols {
				*p.at(r, c) += *m.at(r, k) * *o.at(k, c)
			}
		}
	}
	return p, nil
}

func (m Matrix[T]) Transposed() Matrix[T] {
	t := Matrix[T]{m.cols, m.rows, make([]T, len(m.cells))}
	for r, row := range m.Rows() {
		for c, v := range row {
			*t.at(c, r) = v
		}
	}
	return t
}

func (m Matrix[T]) String() string {
	var b strings.Builder
	for r, row := range m.Rows() {
		if r > 0 {
			b.WriteString("; ")
		}
		for c, v := range row {
			if c > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%v", v)
		}
	}
	return "[" + b.String() + "]"
}

func Power[T Number](m Matrix[T], n uint) Matrix[T] {
	result := Identity[T](m.rows)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = must(result.Times(m))
		}
		m = must(m.Times(m))
	}
	return result
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type Edge[N comparable] struct {
	From, To N
	Weight   float64
}

type Graph[N cmp.Ordered] struct {
	out   map[N][]Edge[N]
	nodes []N
}

func (g *Graph[N]) Add(edges ...Edge[N]) *Graph[N] {
	if g.out == nil {
		g.out = map[N][]Edge[N]{}
	}
	for _, e := range edges {
		for _, n := range [...]N{e.From, e.To} {
			if i, found := slices.BinarySearch(g.nodes, n); !found {
				g.nodes = slices.Insert(g.nodes, i, n)
			}
		}
		g.out[e.From] = append(g.out[e.From], e)
	}
	return g
}

func (g *Graph[N]) Edges() iter.Seq[Edge[N]] {
	return func(yield func(Edge[N]) bool) {
		for _, n := range g.nodes {
			for _, e := range g.out[n] {
				if !yield(e) {
					return
				}
			}
		}
	}
}

func (g *Graph[N]) Breadth(start N) iter.Seq2[N, int] {
	return func(yield func(N, int) bool) {
		depth := map[N]int{start: 0}
		for queue := []N{start}; len(queue) > 0; queue = queue[1:] {
			n := queue[0]
			if !yield(n, depth[n]) {
				return
			}
			for _, e := range g.out[n] {
				if _, seen := depth[e.To]; !seen {
					depth[e.To] = depth[n] + 1
					queue = append(queue, e.To)
				}
			}
		}
	}
}

func (g *Graph[N]) Shortest(from N) (dist map[N]float64, before map[N]N) {
	dist, before = map[N]float64{from: 0}, map[N]N{}
	todo := []N{from}
	for len(todo) > 0 {
		best := 0
		for i, n := range todo {
			if dist[n] < dist[todo[best]] {
				best = i
			}
		}
		n := todo[best]
		todo = slices.Delete(todo, best, best+1)
		for _, e := range g.out[n] {
			d := dist[n] + e.Weight
			if old, ok := dist[e.To]; !ok || d < old {
				dist[e.To], before[e.To] = d, n
				todo = append(todo, e.To)
			}
		}
	}
	return
}

func path[N comparable](before map[N]N, to N) []N {
	if p, ok := before[to]; ok {
		return append(path(before, p), to)
	}
	return []N{to}
}

type state byte

const (
	unseen state = iota
	active
	finished
)

var ErrCycle = errors.New("cycle")

func (g *Graph[N]) Sorted() (order []N, err error) {
	states := make(map[N]state, len(g.nodes))
	var visit func(n N) error
	visit = func(n N) error {
		switch states[n] {
		case active:
			return fmt.Errorf("at %v: %w", n, ErrCycle)
		case finished:
			return nil
		}
		states[n] = active
		for _, e := range g.out[n] {
			if err := visit(e.To); err != nil {
				return err
			}
		}
		states[n] = finished
		order = append(order, n)
		return nil
	}
	for _, n := range g.nodes {
		if err := visit(n); err != nil {
			return nil, err
		}
	}
	slices.Reverse(order)
	return order, nil
}

type Sets[N comparable] struct{ parent map[N]N }

func (s *Sets[N]) Find(n N) N {
	p, ok := s.parent[n]
	if !ok || p == n {
		return n
	}
	root := s.Find(p)
	s.parent[n] = root
	return root
}

func (s *Sets[N]) Join(a, b N) bool {
	a, b = s.Find(a), s.Find(b)
	if a == b {
		return false
	}
	s.parent[a] = b
	return true
}

func Spanning[N cmp.Ordered](g *Graph[N]) (tree []Edge[N], total float64) {
	edges := slices.SortedFunc(g.Edges(), func(a, b Edge[N]) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	sets := Sets[N]{map[N]N{}}
	for _, e := range edges {
		if sets.Join(e.From, e.To) {
			tree = append(tree, e)
			total += e.Weight
		}
	}
	return tree, total
}

type grid []string

func (g grid) graph() *Graph[int] {
	var out Graph[int]
	width := len(g[0])
	for y, line := range g {
		for x, c := range line {
			if c == '#' {
				continue
			}
			for _, d := range directions {
				nx, ny := x+d.dx, y+d.dy
				if nx < 0 || ny < 0 || ny >= len(g) || nx >= width || g[ny][nx] == '#' {
					continue
				}
				out.Add(Edge[int]{y*width + x, ny*width + nx, 1})
			}
		}
	}
	return &out
}

var directions = [4]struct{ dx, dy int }{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

func Filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

func Count[T any](seq iter.Seq[T]) (n int) {
	for range seq {
		n++
	}
	return
}

func main() {
	m := NewMatrix(3, 1, 2, 3, 4, 5, 6)
	fmt.Println(m, m.Transposed())
	square, err := m.Times(m.Transposed())
	fmt.Println(square, err)
	_, err = m.Times(m)
	fmt.Println(err, errors.Is(err, errShape))
	fib := Power(NewMatrix[int64](2, 1, 1, 1, 0), 50)
	fmt.Println(fib, *fib.at(0, 1))
	half := NewMatrix(2, 0.5, 0, 0, 0.25)
	fmt.Printf("%v %v %T\n", Power(half, 3), Identity[float64](2), half)

	var roads Graph[string]
	roads.Add(
		Edge[string]{"A", "B", 4}, Edge[string]{"A", "C", 2}, Edge[string]{"C", "B", 1},
		Edge[string]{"B", "D", 5}, Edge[string]{"C", "D", 8}, Edge[string]{"D", "E", 3},
	)
	dist, before := roads.Shortest("A")
	for _, n := range slices.Sorted(maps.Keys(dist)) {
		fmt.Println(n, dist[n], strings.Join(path(before, n), ">"))
	}
	for n, depth := range roads.Breadth("A") {
		if depth > 2 {
			break
		}
		fmt.Print(n, depth, " ")
	}
	fmt.Println()
	order, err := roads.Sorted()
	fmt.Println(order, err)
	tree, total := Spanning(&roads)
	fmt.Println(len(tree), total, tree[0])

	roads.Add(Edge[string]{From: "E", To: "C", Weight: math.Inf(1)})
	_, err = roads.Sorted()
	fmt.Println(err, errors.Is(err, ErrCycle))
	heavy := Filter(roads.Edges(), func(e Edge[string]) bool { return e.Weight > 3 })
	fmt.Println(Count(heavy), Count(roads.Edges()))
	next, stop := iter.Pull(heavy)
	first, ok := next()
	stop()
	fmt.Println(first, ok)

	maze := grid{
		"..#.",
		".##.",
		"....",
	}
	cells := maze.graph()
	steps, _ := cells.Shortest(0)
	corner := 3
	fmt.Println(steps[corner], len(cells.nodes), path(must2(cells.Shortest(0)), corner))
	reach := map[int]int{}
	for _, d := range cells.Breadth(0) {
		reach[d]++
	}
	fmt.Println(reach)

	var sets Sets[rune]
	sets.parent = map[rune]rune{}
	for _, pair := range []string{"ab", "cd", "bc", "ad"} {
		letters := []rune(pair)
		fmt.Print(sets.Join(letters[0], letters[1]), " ")
	}
	fmt.Println(sets.Find('a') == sets.Find('d'), sets.Find('z') == 'z')

	type point = struct{ x, y float64 }
	points := []point{{0, 0}, {3, 4}, {6, 8}}
	length := 0.0
	for i, p := range points[1:] {
		length += math.Hypot(p.x-points[i].x, p.y-points[i].y)
	}
	fmt.Println(length, points[2] == point{6, 8})
	distance := func(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }
	var plane Graph[int]
	for i, a := range points {
		for j, b := range points {
			if i < j {
				plane.Add(Edge[int]{i, j, distance(a, b)})
			}
		}
	}
	_, total = Spanning(&plane)
	fmt.Println(total, plane.nodes)
	result := func() (text string) {
		defer func() { text = fmt.Sprint("recovered: ", recover()) }()
		return must(m.Times(m)).String()
	}()
	fmt.Println(result)
}

func must2[A, B any](_ A, b B) B { return b }
