using System.Buffers;
using System.Collections.Frozen;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>
/// Detects strings that a spreadsheet program converts to another type when it opens a CSV file: numbers, dates, times, amounts, percentages,
/// fractions, truth values and error values, as Excel and LibreOffice read them with Swedish and English settings.
/// </summary>
internal static class SpreadsheetConversion
{
    // With the minus sign and the spaces that Swedish settings use in numbers.
    private static readonly SearchValues<char> Separators = SearchValues.Create(" .,:;/-+%()'$€£¥\u2212\u2013\u00a0\u202f");

    private static readonly string[] DatePartNames =
    [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
        "january", "february", "march", "may", "june", "july", "august", "october",
        "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ];

    private const int MinAbbreviationLength = 3;

    // Times of day, ordinals, exponents, the T and Z of ISO 8601, and currencies.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = CreateLookup(
        "am", "pm", "a", "p", "fm", "em", "kl", "st", "nd", "rd", "th", "den", "e", "d", "t", "z", "kr", "sek", "eur", "usd", "gbp", "nok", "dkk");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TruthValues = CreateLookup("true", "false", "sant", "falskt");

    /// <summary>Returns true if a program might convert the string. A text that it would not convert can be included; one that it converts cannot be left out.</summary>
    public static bool IsConvertible(ReadOnlySpan<char> value)
    {
        // #N/A and #REF! are error values.
        if (value is ['#', ..] || TruthValues.Contains(value.Trim()))
        {
            return true;
        }

        var hasDigit = false;
        for (var i = 0; i < value.Length;)
        {
            if (char.IsLetter(value[i]))
            {
                var length = 1;
                while (i + length < value.Length && char.IsLetter(value[i + length]))
                {
                    length++;
                }

                if (!IsKnownWord(value.Slice(i, length)))
                {
                    return false;
                }

                i += length;
                continue;
            }

            var isDigit = char.IsDigit(value[i]);
            if (!isDigit && !Separators.Contains(value[i]))
            {
                return false;
            }

            hasDigit |= isDigit;
            i++;
        }

        return hasDigit;
    }

    private static bool IsKnownWord(ReadOnlySpan<char> word)
    {
        if (Words.Contains(word))
        {
            return true;
        }

        foreach (var name in DatePartNames)
        {
            if (word.Length >= MinAbbreviationLength && name.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CreateLookup(params IEnumerable<string> words) =>
        words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
