// Package claims checks and evaluates the predicates of a note: what its
// claims and its measuring inline values say.
//
// Call [Compile] with the text of a predicate and the [Scope] that it stands
// in, then [Predicate.Evaluate] with a value for each [Datum] that the
// predicate asks for.
//
// The language is that of github.com/expr-lang/expr without what has effects,
// depends on the moment, or builds new texts, lists and maps out of others;
// the package is the only one that knows it. Times are numbers of seconds, and
// literals such as 70ms stand for such numbers.
//
// The package runs no cells, reads no clock but to bound an evaluation, and
// does not know where values come from. A predicate, however it is made, takes
// a bounded time and a bounded amount of memory.
package claims
