"""Terms made from terms: parts replaced, and the condition under which a term has a value."""

from __future__ import annotations

from collections.abc import Mapping

from symconv.terms.term import Term, TermLike, both, constant, parts


def substitute(term: Term, replacements: Mapping[Term, TermLike]) -> Term:
    """Return the term with some of its parts (variables, or whole subterms) replaced at once.

    >>> from symconv.terms import sizes
    >>> W, lo, hi, P = sizes("W lo hi P")
    >>> substitute(W + (lo + hi), {lo + hi: 2 * P})
    add(W, mul(2, P))
    """
    done: dict[Term, TermLike] = dict(replacements)
    for node in parts(term):
        if node not in done:
            leaf = node.word in ("variable", "constant")
            done[node] = node if leaf else Term(node.word, *(done[a] for a in node.args))
    result = done[term]
    return result if isinstance(result, Term) else constant(result)


def defined(term: Term) -> Term:
    """State that the term has a value, that is, that no part of it divides by zero.

    `and`, `or` and a conditional expression are read as Python reads them: what they do not
    look at does not count.
    """
    nothing = both()
    done: dict[Term, Term] = {}
    for node in parts(term):
        inner = [done[a] for a in node.args if isinstance(a, Term)]
        if node.word in ("floordiv", "mod") and node.args[1].word != "constant":
            inner.append(~node.args[1].eq(0))
        elif node.word in ("floordiv", "mod") and node.args[1].args[0] == 0:
            inner.append(~nothing)
        elif node.word == "and" and inner[1] is not nothing:
            inner[1] = ~node.args[0] | inner[1]
        elif node.word == "or" and inner[1] is not nothing:
            inner[1] = node.args[0] | inner[1]
        elif node.word == "if":
            inner[1:] = [
                guard | needs
                for guard, needs in ((~node.args[0], inner[1]), (node.args[0], inner[2]))
                if needs is not nothing
            ]
        done[node] = both(*(one for one in inner if one is not nothing)) if inner else nothing
    return done[term]


def chosen(term: Term) -> Term:
    """Return the term without choices that ask whether one number is another.

    >>> from symconv.terms import sizes, where
    >>> W, ceil_mode = sizes("W ceil_mode")
    >>> chosen(substitute(where(ceil_mode.eq(1), W + 1, W), {ceil_mode: 1}))
    add(W, 1)
    """
    choices = (part for part in parts(term) if part.word == "if" and part.args[0].word == "eq")
    for choice in choices:
        condition, then, otherwise = choice.args
        if all(side.word == "constant" for side in condition.args):
            same = condition.args[0] is condition.args[1]
            return chosen(substitute(term, {choice: then if same else otherwise}))
    return term


def conjuncts(statement: Term) -> tuple[Term, ...]:
    """Return the parts of a statement that are joined by `and`, without those that say nothing."""
    found, waiting, nothing = [], [statement], both()
    while waiting:
        one = waiting.pop()
        if one.word == "and":
            waiting += reversed(one.args)
        elif one is not nothing:
            found.append(one)
    return tuple(found)
