using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal;

/// <summary>
/// A search for offices that contain all words in any order. If no office contains them as written, å and ä are compared as a, and ö as o.
/// </summary>
internal sealed class OfficeSearch
{
    public static readonly OfficeSearch Empty = new([], [], null);

    // For each word, the strings that offices contain instead of it; only the word itself if the search is exact.
    private readonly IReadOnlyList<IReadOnlyList<string>> alternatives;

    private OfficeSearch(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<string>> alternatives, PublishedMunicipality? municipality)
    {
        Words = words;
        this.alternatives = alternatives;
        Municipality = municipality;
    }

    /// <summary>The folded words without ignored words.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The municipality with the searched name; null if there is none.</summary>
    public PublishedMunicipality? Municipality { get; }

    /// <summary>The name of a municipality that is written like the search except for å, ä and ö, if the search found other offices; otherwise null.</summary>
    public string? OtherSpelling { get; private init; }

    public static OfficeSearch Create(string text, PublicationView view)
    {
        var words = SearchWords.Split(text);
        if (words.Count == 0)
        {
            return Empty;
        }

        var municipality = FindMunicipality(words, view);
        var exact = new OfficeSearch(words, [.. words.Select(word => (IReadOnlyList<string>)[word])], municipality);
        if (view.Offices.Any(exact.Matches))
        {
            return municipality is null || HasName(municipality, words, fold: text => text)
                ? exact
                : new OfficeSearch(words, exact.alternatives, municipality) { OtherSpelling = municipality.Municipality.Name };
        }

        var folded = new OfficeSearch(words, [.. words.Select(word => FindAlternatives(word, view))], municipality);
        return view.Offices.Any(folded.Matches) ? folded : exact;
    }

    public bool Matches(OfficeView office) => Matches(office.SearchText);

    /// <summary>Determines whether the names of the office and its place match, without its county, address and agencies.</summary>
    public bool MatchesPlace(OfficeView office) => Words.Count > 0 && Matches(office.PlaceText);

    /// <summary>Gets the expression of <c>$search</c> that returns the same offices; null if there are no words.</summary>
    public string? ToSearchExpression() => Words.Count == 0 ? null : string.Join(' ', alternatives.Select(terms =>
        terms.Count == 1 ? FormatTerm(terms[0]) : $"({string.Join(" OR ", terms.Select(FormatTerm))})"));

    private bool Matches(string text)
    {
        foreach (var terms in alternatives)
        {
            if (!terms.Any(term => text.Contains(term, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] FindAlternatives(string word, PublicationView view)
    {
        var plain = SearchWords.ToPlainLetters(word);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var office in view.Offices)
        {
            var text = SearchWords.ToPlainLetters(office.SearchText);
            for (var i = text.IndexOf(plain, StringComparison.Ordinal); i >= 0; i = text.IndexOf(plain, i + 1, StringComparison.Ordinal))
            {
                found.Add(office.SearchText.Substring(i, plain.Length));
            }
        }

        return found.Count == 0 ? [word] : [.. found];
    }

    private static PublishedMunicipality? FindMunicipality(IReadOnlyList<string> words, PublicationView view) =>
        view.Municipalities.FirstOrDefault(item => HasName(item, words, fold: text => text))
        ?? view.Municipalities.FirstOrDefault(item => HasName(item, words, SearchWords.ToPlainLetters));

    private static bool HasName(PublishedMunicipality item, IReadOnlyList<string> words, Func<string, string> fold)
    {
        var searched = fold(string.Join(' ', words));
        return fold(string.Join(' ', SearchWords.Split(item.Municipality.Name))) == searched
            || fold(string.Join(' ', SearchWords.Split(item.Municipality.OfficialName))) == searched;
    }

    // Words with other characters, and the operators of $search, are written as phrases.
    private static string FormatTerm(string term) =>
        term.All(char.IsLetterOrDigit) && term is not ("and" or "or" or "not") ? term : $"\"{term}\"";
}
