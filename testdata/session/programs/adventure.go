// A text adventure: rooms, things, commands and states, played by a script.
package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
)

type direction int

const (
	north direction = iota
	east
	south
	west
)

func (d direction) opposite() direction { return (d + 2) % 4 }

func (d direction) String() string { return directionNames[d] }

var directionNames = map[direction]string{north: "north", east: "east", south: "south", west: "west"}

func parseDirection(word string) (direction, bool) {
	for d, name := range directionNames {
		if name == word || name[:1] == word {
			return d, true
		}
	}
	return 0, false
}

type thing interface {
	Name() string
	Use(*game) outcome
}

type base string

func (b base) Name() string      { return string(b) }
func (b base) Use(*game) outcome { return say("The %s does nothing.", b) }

type lamp struct {
	base
	lit bool
	oil int
}

func (l *lamp) Use(g *game) outcome {
	l.lit = !l.lit
	switch {
	case !l.lit:
		return say("It is dark again.")
	case l.oil == 0:
		l.lit = false
		return say("The lamp is empty.")
	}
	l.oil--
	return say("Light!")
}

type key struct {
	base
	opens *room
}

func (k key) Use(g *game) outcome {
	if g.at.locked == nil || g.at.locked.to != k.opens {
		return k.base.Use(g)
	}
	g.at.exits[g.at.locked.way] = k.opens
	k.opens.exits[g.at.locked.way.opposite()] = g.at
	g.at.locked = nil
	g.score += 10
	return say("The door to the %s opens.", k.opens.name)
}

type room struct {
	name   string
	dark   bool
	exits  map[direction]*room
	things map[string]thing
	locked *struct {
		way direction
		to  *room
	}
	visits int
}

func newRoom(name string, things ...thing) *room {
	r := &room{name: name, exits: map[direction]*room{}, things: map[string]thing{}}
	for _, t := range things {
		r.things[t.Name()] = t
	}
	return r
}

func (r *room) connect(d direction, other *room) *room {
	r.exits[d], other.exits[d.opposite()] = other, r
	return r
}

type outcome func(*game) state

type state func(*game, []string) outcome

func say(format string, args ...any) outcome {
	return func(g *game) state {
		g.print(format, args...)
		return g.state
	}
}

type game struct {
	at      *room
	bag     []thing
	state   state
	score   int
	turns   int
	out     *bufio.Writer
	history []string
}

func (g *game) print(format string, args ...any) {
	fmt.Fprintf(g.out, "  "+format+"\n", args...)
}

func (g *game) has(name string) (thing, int) {
	i := slices.IndexFunc(g.bag, func(t thing) bool { return t.Name() == name })
	if i < 0 {
		return nil, i
	}
	return g.bag[i], i
}

func (g *game) sees() bool {
	if !g.at.dark {
		return true
	}
	for _, t := range g.bag {
		if l, ok := t.(*lamp); ok && l.lit {
			return true
		}
	}
	return false
}

type command struct {
	words string
	args  int
	do    func(*game, []string) outcome
}

var commands = []command{
	{"look l", 0, func(g *game, _ []string) outcome { return look }},
	{"go walk", 1, move},
	{"take get", 1, take},
	{"drop", 1, drop},
	{"use", 1, use},
	{"bag i", 0, func(g *game, _ []string) outcome { return say("You have %s.", list(names(g.bag))) }},
	{"quit q", 0, func(g *game, _ []string) outcome { return ask("Really?", quit) }},
}

func names(things []thing) (all []string) {
	for _, t := range things {
		all = append(all, t.Name())
	}
	return
}

func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return "nothing"
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

func look(g *game) state {
	if !g.sees() {
		g.print("It is dark.")
		return g.state
	}
	var seen []string
	for name := range g.at.things {
		seen = append(seen, name)
	}
	sort.Strings(seen)
	g.print("%s. You see %s.", g.at.name, list(seen))
	var ways []string
	for d := north; d <= west; d++ {
		if _, ok := g.at.exits[d]; ok {
			ways = append(ways, d.String())
		}
	}
	g.print("Ways: %s.", list(ways))
	return g.state
}

func move(g *game, args []string) outcome {
	d, ok := parseDirection(args[0])
	if !ok {
		return say("Where is %q?", args[0])
	}
	next := g.at.exits[d]
	if next == nil {
		return say("There is a wall in the %v.", d)
	}
	g.at = next
	if next.visits++; next.visits == 1 {
		g.score++
	}
	return look
}

func take(g *game, args []string) outcome {
	t, ok := g.at.things[args[0]]
	switch {
	case !ok, !g.sees():
		return say("There is no %s.", args[0])
	case len(g.bag) >= maxBag:
		return say("The bag is full.")
	}
	delete(g.at.things, args[0])
	g.bag = append(g.bag, t)
	return say("Taken: %s.", t.Name())
}

const maxBag = 2

func drop(g *game, args []string) outcome {
	t, i := g.has(args[0])
	if t == nil {
		return say("You have no %s.", args[0])
	}
	g.bag = slices.Delete(g.bag, i, i+1)
	g.at.things[t.Name()] = t
	return say("Dropped.")
}

func use(g *game, args []string) outcome {
	if t, _ := g.has(args[0]); t != nil {
		return t.Use(g)
	}
	return say("You have no %s.", args[0])
}

func ask(question string, yes state) outcome {
	return func(g *game) state {
		g.print("%s (yes or no)", question)
		before := g.state
		return func(g *game, words []string) outcome {
			if strings.HasPrefix(words[0], "y") {
				return yes(g, nil)
			}
			return func(g *game) state { return before }
		}
	}
}

func quit(g *game, _ []string) outcome {
	g.print("You scored %d in %d turns.", g.score, g.turns)
	return func(*game) state { return nil }
}

func playing(g *game, words []string) outcome {
	for _, c := range commands {
		if slices.Contains(strings.Fields(c.words), words[0]) {
			if len(words)-1 < c.args {
				return say("%s what?", words[0])
			}
			return c.do(g, words[1:])
		}
	}
	if _, ok := parseDirection(words[0]); ok {
		return move(g, words)
	}
	return say("What is %q?", words[0])
}

func (g *game) play(script string) (alive bool) {
	defer g.out.Flush()
	for _, line := range strings.Split(script, ";") {
		words := strings.Fields(line)
		if len(words) == 0 || g.state == nil {
			continue
		}
		g.turns++
		g.history = append(g.history, words[0])
		fmt.Fprintln(g.out, ">", strings.Join(words, " "))
		g.state = g.state(g, words)(g)
	}
	return g.state != nil
}

func main() {
	hall, cellar := newRoom("Hall", base("rug")), newRoom("Cellar")
	garden := newRoom("Garden", base("rose"), &lamp{base: "lamp", oil: 2})
	vault := newRoom("Vault", base("gold"))
	cellar.dark = true
	cellar.things["key"] = key{"key", vault}
	hall.connect(south, cellar).connect(east, garden)
	cellar.locked = &struct {
		way direction
		to  *room
	}{west, vault}
	g := &game{at: hall, state: playing, out: bufio.NewWriter(os.Stdout)}
	fmt.Println(g.play("look; go up; north; take; take rug; dance"), g.score)
	fmt.Println(names(g.bag), len(hall.things), hall.exits[east] == garden)

	alive := g.play("s; take key; look; n; e; take lamp; take rose; drop rug; use lamp")
	fmt.Println(alive, g.score, g.turns, g.at.name)
	carried, at := g.has("lamp")
	light, ok := carried.(*lamp)
	fmt.Println(at, ok, light.lit, light.oil)

	alive = g.play("w; s; l; use key; take key; use key; w; bag")
	fmt.Println(alive, g.at.name, vault.visits, cellar.locked == nil)
	g.play("take gold; drop lamp; take gold; e; look; w; use lamp; take lamp; q; no; i")
	fmt.Println(g.score, list(names(g.bag)), strings.Count(strings.Join(g.history, " "), "take"))

	spare := base("spare")
	commands = append(commands, command{"jump", 0, func(g *game, _ []string) outcome {
		g.bag = append(g.bag, spare)
		return func(g *game) state {
			g.print("You find a %s thing.", spare.Name())
			return look(g)
		}
	}})
	before := len(g.bag)
	g.play("jump; jump; use spare")
	fmt.Println(len(g.bag) - before)
	spare = "changed"
	g.play("jump; bag")

	var rooms []*room
	seen := map[*room]bool{}
	var walk func(*room)
	walk = func(r *room) {
		if seen[r] {
			return
		}
		seen[r] = true
		rooms = append(rooms, r)
		for d := range direction(4) {
			if next, ok := r.exits[d]; ok {
				walk(next)
			}
		}
	}
	walk(hall)
	for i, r := range rooms {
		fmt.Print(i, " ", r.name, r.visits, "; ")
	}
	fmt.Println(len(seen))
	way := west
	fmt.Println(way, way.opposite(), way.opposite().opposite() == way)
	alive = g.play("quit; yes; look")
	fmt.Println(alive, g.turns, g.state == nil)
}
