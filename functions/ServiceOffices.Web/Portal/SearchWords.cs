using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>Splits the text of a search into words. <c>finder.js</c> uses the same rules.</summary>
internal static class SearchWords
{
    /// <summary>Number of characters of a search text that are used.</summary>
    public const int MaxLength = 100;

    private const int PostalCodeStart = 3;
    private const int PostalCodeEnd = 2;

    /// <summary>Words that every office or place has in common. They are not searched.</summary>
    public static readonly IReadOnlyList<string> Ignored =
        ["servicekontor", "servicekontoret", "kontor", "kontoret", "service", "office", "offices", "kommun", "municipality"];

    /// <summary>Gets the folded words of a text without ignored words. The parts of a postal code, such as 413 27, are one word.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsSeparator(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                Add(words, SearchFolding.Fold(text[start..i]));
            }

            start = i + 1;
        }

        return words;
    }

    /// <summary>Converts a folded string to letters without diacritics: å and ä become a, ö becomes o. The length stays the same.</summary>
    public static string ToPlainLetters(string folded) => folded.Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o');

    /// <summary>Shortens a text to <see cref="MaxLength"/> without splitting a surrogate pair.</summary>
    public static string Truncate(string text) =>
        text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    // A term of $search cannot contain double quotes.
    private static bool IsSeparator(char character) => char.IsWhiteSpace(character) || char.IsControl(character) || character is ',' or '"' or '\\';

    private static void Add(List<string> words, string word)
    {
        if (word == "" || Ignored.Contains(word))
        {
            return;
        }

        if (words.Count > 0 && IsDigits(words[^1], PostalCodeStart) && IsDigits(word, PostalCodeEnd))
        {
            words[^1] += word;
            return;
        }

        words.Add(word);
    }

    private static bool IsDigits(string word, int length) => word.Length == length && word.All(char.IsAsciiDigit);
}
