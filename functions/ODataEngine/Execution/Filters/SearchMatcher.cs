using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Filters;

/// <summary>Tests which rows match a <c>$search</c>: a term matches if any searchable string contains it, both folded.</summary>
internal sealed class SearchMatcher
{
    private readonly string[] searchStrings;
    private readonly SearchExpression expression;

    private SearchMatcher(string[] searchStrings, SearchExpression expression)
    {
        this.searchStrings = searchStrings;
        this.expression = expression;
    }

    /// <summary>Creates a matcher for the rows of a table.</summary>
    /// <exception cref="ODataRequestException">501: the table is not that of a searchable entity set.</exception>
    public static SearchMatcher Create(TableSet tables, Table table, SearchExpression expression)
    {
        var set = tables.Model.Sets.FirstOrDefault(candidate => ReferenceEquals(tables[candidate], table));
        return set is { SearchPaths.Count: > 0 }
            ? new SearchMatcher(SearchableStrings.Get(tables, set), FoldTerms(expression))
            : throw ODataErrors.NotSupported($"$search is not supported for {table.Type.DisplayName}; searchable entity sets: {ListSearchableSets(tables)}.", "$search");
    }

    /// <summary>Gets the <see cref="StringSignatures"/> bits of every string that matches; 0 if there are no such bits.</summary>
    public ulong RequiredSignature => GetRequiredSignature(expression);

    /// <summary>Gets the searched string of each row. It is the same object for every search of a publication.</summary>
    public string[] SearchStrings => searchStrings;

    public bool Matches(int row) => Matches(expression, searchStrings[row]);

    private static string ListSearchableSets(TableSet tables) =>
        string.Join(", ", tables.Model.Sets.Where(set => set.SearchPaths.Count > 0).Select(set => set.Name));

    private static bool Matches(SearchExpression expression, string value) => expression switch
    {
        SearchTerm term => value.Contains(term.Text, StringComparison.Ordinal),
        SearchAnd and => Matches(and.Left, value) && Matches(and.Right, value),
        SearchOr or => Matches(or.Left, value) || Matches(or.Right, value),
        SearchNot not => !Matches(not.Operand, value),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static ulong GetRequiredSignature(SearchExpression expression) => expression switch
    {
        SearchTerm term => StringSignatures.Compute(term.Text),
        SearchAnd and => GetRequiredSignature(and.Left) | GetRequiredSignature(and.Right),
        SearchOr or => GetRequiredSignature(or.Left) & GetRequiredSignature(or.Right),
        _ => 0,
    };

    private static SearchExpression FoldTerms(SearchExpression expression) => expression switch
    {
        SearchTerm term => new SearchTerm(SearchFolding.Fold(term.Text)),
        SearchAnd and => new SearchAnd(FoldTerms(and.Left), FoldTerms(and.Right)),
        SearchOr or => new SearchOr(FoldTerms(or.Left), FoldTerms(or.Right)),
        SearchNot not => new SearchNot(FoldTerms(not.Operand)),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };
}
