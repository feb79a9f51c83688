using System.Text;
using ODataEngine.Model;

namespace ServiceOffices.Schema;

/// <summary>
/// The Swedish order of strings, as the collation <c>sv</c> of the Unicode CLDR: v and w are separate letters, ü is a variant of y, and å, ä and ö
/// come after z. Accents are compared if the letters are the same, then case, lower case first. The tables are part of this class, so that the
/// order does not depend on the cultures installed on a machine.
/// </summary>
public static class SwedishCollation
{
    private const char Separator = '\0';
    private const char LowerCase = '\u0001';
    private const char UpperCase = '\u0002';
    private const char FirstVariant = '\u0001';
    private const char FirstWeight = '\u0003';
    private const char EndOfWeights = '\u0080';

    // Characters before the letters, in the order of the CLDR. A digit and its superscript are the same on the first level.
    private const string Symbols = "\t\n\v\f\r\u0085\u2028\u2029 _-‐–—,;:!?.…·'‘’\"“”«»()[]{}§¶@*/\\&#%†‡•`´^¯¨°©®+±<=>|~¦$¢£¤¥€0123456789";

    // The variants of each letter in the order of the CLDR; letters that the table lacks follow the others by code point.
    private static readonly string[] Letters =
    [
        "aªáàăâǎãȧǡąāȁȃ", "b", "cćĉčċç", "dďđð", "eéèĕêěëėȩēȅȇ", "f", "gǵğĝǧġģ", "hĥȟħ", "iíìĭîǐïĩįīȉȋ", "jĵǰ", "kǩķ", "lĺľļłŀ", "m", "nńǹňñņ", "oºóòŏǒõȭȯȱǫǭōȍȏơ",
        "p", "q", "rŕřŗȑȓ", "sśŝšşșſ", "tťţț", "uúùŭûǔůũųūȕȗư", "v", "wŵ", "x", "yýŷÿȳüǘǜǚǖű", "zźžż", "åǻ", "äǟæǽǣę", "öȫøǿőœô",
    ];

    // Letters that count as several.
    private static readonly (char Letter, string Parts)[] Ligatures = [('ß', "ss"), ('þ', "th"), ('ĳ', "ij"), ('ŉ', "'n"), ('\u00A0', " "), ('²', "2"), ('³', "3"), ('¹', "1")];

    private static readonly Dictionary<char, (string Primary, char Variant)> Weights = CreateWeights();

    /// <summary>Gets the collation of names in the register.</summary>
    public static Collation Collation { get; } = new("sv", CreateSortKey);

    /// <summary>Compares as <see cref="Collation"/> does; null comes first.</summary>
    public static IComparer<string?> Comparer { get; } = Comparer<string?>.Create(
        (left, right) => left is null || right is null ? (left is not null).CompareTo(right is not null) : Collation.Compare(left, right));

    /// <summary>Creates the key of a string: its letters, its accents and its case, so that each level decides only if the previous ones are equal.</summary>
    private static string CreateSortKey(string value)
    {
        var letters = new StringBuilder(value.Length * 3);
        var (variants, cases) = (new StringBuilder(value.Length), new StringBuilder(value.Length));
        for (var i = 0; i < value.Length; i++)
        {
            var lower = char.ToLowerInvariant(value[i]);
            var isUpper = lower != value[i];
            var composed = Compose(lower, i + 1 < value.Length ? value[i + 1] : '\0');
            if (composed != '\0')
            {
                lower = composed;
                i++;
            }

            var (primary, variant) = Weights.TryGetValue(lower, out var weight) ? weight : IsMark(lower) ? ("", lower) : (lower.ToString(), FirstVariant);
            letters.Append(primary);
            variants.Append(variant);
            cases.Append(isUpper ? UpperCase : LowerCase);
        }

        return letters.Append(Separator).Append(variants).Append(Separator).Append(cases).ToString();
    }

    // Some systems send å as the letter a and a combining ring.
    private static char Compose(char letter, char mark) => (letter, mark) switch
    {
        ('a', '\u030A') => 'å',
        ('a', '\u0308') => 'ä',
        ('o', '\u0308') => 'ö',
        ('e', '\u0301') => 'é',
        ('u', '\u0308') => 'ü',
        _ => '\0',
    };

    // Characters that do not count as letters: combining marks, control characters and those without width.
    private static bool IsMark(char character) => character is (>= '\u0300' and <= '\u036F') or < EndOfWeights or '\u00AD' or (>= '\u200B' and <= '\u200D') or '\uFEFF';

    private static Dictionary<char, (string Primary, char Variant)> CreateWeights()
    {
        var next = FirstWeight;
        var weights = new Dictionary<char, (string Primary, char Variant)>();
        foreach (var symbol in Symbols)
        {
            weights.Add(symbol, ((next++).ToString(), FirstVariant));
        }

        foreach (var variants in Letters)
        {
            for (var i = 0; i < variants.Length; i++)
            {
                weights.Add(variants[i], (next.ToString(), (char)(FirstVariant + i)));
            }

            next++;
        }

        foreach (var (letter, parts) in Ligatures)
        {
            weights.Add(letter, (string.Concat(parts.Select(part => weights[part].Primary)), (char)(FirstVariant + 1)));
        }

        // Other characters, whose weight is their code, follow.
        return next <= EndOfWeights ? weights : throw new InvalidOperationException("The weights overlap with characters that have none.");
    }
}
