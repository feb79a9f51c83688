using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Suggests names that differ from a search by a few letters.</summary>
internal static class SearchSuggestions
{
    private const int MaxSuggestions = 3;
    private const int MinLength = 4;
    private const int MinLengthForTwoErrors = 7;

    /// <summary>Gets search texts for a search without results, the most similar first.</summary>
    public static IReadOnlyList<string> Find(OfficeSearch search, PublicationView view)
    {
        var names = GetNames(view).DistinctBy(name => name.Folded, StringComparer.Ordinal).ToList();
        var whole = FindSimilar(string.Join(' ', search.Words), names);
        if (whole.Count > 0 || search.Words.Count <= 1)
        {
            return whole;
        }

        // Corrects each word that no office contains, and keeps the others.
        var corrected = search.Words.Select(word =>
            view.Offices.Any(office => office.SearchText.Contains(word, StringComparison.Ordinal)) ? word : FindSimilar(word, names) is [var first, ..] ? first : null).ToList();
        return corrected.Contains(null) || corrected.SequenceEqual(search.Words) ? [] : [string.Join(' ', corrected)];
    }

    private static IReadOnlyList<string> FindSimilar(string text, List<(string Name, string Folded, int Population)> names)
    {
        var plain = SearchWords.ToPlainLetters(text);
        if (plain.Length < MinLength)
        {
            return [];
        }

        var allowed = plain.Length >= MinLengthForTwoErrors ? 2 : 1;
        var similar = names.Select(name => (name.Name, name.Population, Distance: GetEditDistance(plain, name.Folded, allowed)))
            .Where(name => name.Distance <= allowed)
            .OrderBy(name => name.Distance).ThenByDescending(name => name.Population).ToList();
        return [.. similar.TakeWhile(name => name.Distance == similar[0].Distance).Take(MaxSuggestions).Select(name => name.Name)];
    }

    private static IEnumerable<(string Name, string Folded, int Population)> GetNames(PublicationView view)
    {
        var reference = view.Publication.Register.Reference;
        var municipalities = view.Municipalities.Select(item => (item.Municipality.Name, item.Municipality.Population));
        var others = reference.Counties.SelectMany(county => new[] { county.NameSv, county.NameEn })
            .Concat(reference.Agencies.SelectMany(agency => new[] { agency.NameSv, agency.NameEn }))
            .Concat(view.Offices.Select(office => office.Office.Locality).OfType<string>());
        return municipalities.Concat(others.Select(name => (name, 0)))
            .Select(name => (name.Item1, SearchWords.ToPlainLetters(SearchFolding.Fold(name.Item1)), name.Item2));
    }

    // Counts insertions, deletions, replacements and exchanges of two adjacent letters.
    private static int GetEditDistance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
        {
            return limit + 1;
        }

        var costs = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                costs[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[left.Length, right.Length];
    }
}
