using ServiceOffices.Indexes;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Decides which rows a <c>$search</c> keeps: a term matches where any searchable string contains it, folded.</summary>
internal sealed class SearchMatcher
{
    private readonly string[] texts;
    private readonly SearchExpression expression;

    private SearchMatcher(string[] texts, SearchExpression expression)
    {
        this.texts = texts;
        this.expression = expression;
    }

    /// <exception cref="QueryException">501: the rows are of no entity set that can be searched.</exception>
    public static SearchMatcher Over(TableSet tables, Table table, SearchExpression expression)
    {
        var set = tables.Model.Sets.FirstOrDefault(candidate => ReferenceEquals(tables[candidate], table));
        return set is { Search.Count: > 0 }
            ? new SearchMatcher(SearchText.Of(tables, set), Folded(expression))
            : throw new QueryException(501, "NotSupported", $"$search is not supported over {table.Type.FullName}; sets that can be searched: {Searchable(tables)}.", "$search");
    }

    /// <summary>The <see cref="TextSignatures"/> bits that every text which matches has; none where that cannot be said.</summary>
    public ulong Wanted => WantedOf(expression);

    /// <summary>By row: what is searched. The same object for every search of a publication.</summary>
    public string[] Texts => texts;

    public bool Matches(int row) => Matches(expression, texts[row]);

    private static string Searchable(TableSet tables) =>
        string.Join(", ", tables.Model.Sets.Where(set => set.Search.Count > 0).Select(set => set.Name));

    private static bool Matches(SearchExpression expression, string text) => expression switch
    {
        SearchTerm term => text.Contains(term.Text, StringComparison.Ordinal),
        SearchAnd and => Matches(and.Left, text) && Matches(and.Right, text),
        SearchOr or => Matches(or.Left, text) || Matches(or.Right, text),
        SearchNot not => !Matches(not.Operand, text),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static ulong WantedOf(SearchExpression expression) => expression switch
    {
        SearchTerm term => TextSignatures.Of(term.Text),
        SearchAnd and => WantedOf(and.Left) | WantedOf(and.Right),
        SearchOr or => WantedOf(or.Left) & WantedOf(or.Right),
        _ => 0,
    };

    private static SearchExpression Folded(SearchExpression expression) => expression switch
    {
        SearchTerm term => new SearchTerm(SearchText.Fold(term.Text)),
        SearchAnd and => new SearchAnd(Folded(and.Left), Folded(and.Right)),
        SearchOr or => new SearchOr(Folded(or.Left), Folded(or.Right)),
        SearchNot not => new SearchNot(Folded(not.Operand)),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };
}
