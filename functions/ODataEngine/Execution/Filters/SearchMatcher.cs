using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Filters;

/// <summary>Decides which rows a <c>$search</c> keeps: a term matches where any searchable string contains it, folded.</summary>
internal sealed class SearchMatcher
{
    private readonly string[] searchStrings;
    private readonly SearchExpression expression;

    private SearchMatcher(string[] searchStrings, SearchExpression expression)
    {
        this.searchStrings = searchStrings;
        this.expression = expression;
    }

    /// <exception cref="ODataRequestException">501: the rows are of no entity set that can be searched.</exception>
    public static SearchMatcher Create(TableSet tables, Table table, SearchExpression expression)
    {
        var set = tables.Model.Sets.FirstOrDefault(candidate => ReferenceEquals(tables[candidate], table));
        return set is { SearchPaths.Count: > 0 }
            ? new SearchMatcher(SearchableStrings.Get(tables, set), FoldTerms(expression))
            : throw new ODataRequestException(501, ODataErrorCodes.NotSupported, $"$search is not supported over {table.Type.FullName}; sets that can be searched: {ListSearchableSets(tables)}.", "$search");
    }

    /// <summary>The <see cref="StringSignatures"/> bits that every text which matches has; none where that cannot be said.</summary>
    public ulong RequiredSignature => GetRequiredSignature(expression);

    /// <summary>By row: what is searched. The same object for every search of a publication.</summary>
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
        SearchTerm term => new SearchTerm(SearchableStrings.Fold(term.Text)),
        SearchAnd and => new SearchAnd(FoldTerms(and.Left), FoldTerms(and.Right)),
        SearchOr or => new SearchOr(FoldTerms(or.Left), FoldTerms(or.Right)),
        SearchNot not => new SearchNot(FoldTerms(not.Operand)),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };
}
