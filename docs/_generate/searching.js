// What a reader types is cut as the pages are: Chinese into pairs of characters.
var splitQuery = (query) =>
  (query.match(/[\p{Letter}\p{Number}_]+/gu) || [])
    .flatMap((run) => run.match(/[\u3400-\u9fff]+|[^\u3400-\u9fff]+/g))
    .flatMap((run) =>
      /^[\u3400-\u9fff]{2}/.test(run)
        ? [...run].slice(1).map((character, place) => run[place] + character)
        : [run],
    );
