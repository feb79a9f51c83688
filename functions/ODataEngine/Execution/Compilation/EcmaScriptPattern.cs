using System.Text;

namespace ODataEngine.Execution.Compilation;

/// <summary>
/// Translates ECMAScript regular expressions (OData 4.01 Part 2, 5.1.1.7.1; ECMA-262, 22.2.1, with Annex B) to those of .NET.
/// <c>RegexOptions.ECMAScript</c> cannot be combined with the engine that does not backtrack.
/// </summary>
/// <remarks>
/// Deviations: <c>\b</c> and <c>\B</c> use the Unicode word characters, and <c>\p{…}</c> is a category as with the
/// <c>u</c> flag. Look-around and back-references are not supported.
/// </remarks>
internal static class EcmaScriptPattern
{
    private const string Digits = "0-9";
    private const string NotDigits = @"\0-/:-\uFFFF";
    private const string WordCharacters = "0-9A-Z_a-z";
    private const string NotWordCharacters = @"\0-/:-@\[-\^`{-\uFFFF";
    private const string WhiteSpace = @"\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NotWhiteSpace =
        @"\0-\u0008\u000E-\u001F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    /// <summary>Translates a pattern; one that is invalid stays invalid or is rejected.</summary>
    /// <exception cref="ArgumentException">The pattern uses a group that ECMAScript does not have.</exception>
    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i = AppendEscape(result, pattern, i, isInClass: false);
                    break;
                case '[':
                    i = AppendClass(result, pattern, i);
                    break;
                case '.':
                    result.Append(@"[^\n\r\u2028\u2029]");
                    break;
                case '$':
                    // Without the m flag the end of the text only; in .NET '$' also matches before a final line break.
                    result.Append(@"\z");
                    break;
                case '(' when pattern.AsSpan(i).StartsWith("(?"):
                    CheckGroup(pattern.AsSpan(i + 2));
                    result.Append('(');
                    break;
                default:
                    result.Append(pattern[i]);
                    break;
            }
        }

        return result.ToString();
    }

    // ECMAScript has (?:…), (?=…), (?!…), (?<=…), (?<!…) and (?<name>…).
    private static void CheckGroup(ReadOnlySpan<char> rest)
    {
        if (rest.Length == 0 || rest[0] is not (':' or '=' or '!' or '<') || rest.StartsWith("<") && rest[1..].IndexOf('-') is >= 0 and var dash && dash < rest.IndexOf('>') - 1)
        {
            throw new ArgumentException("The pattern has a group that ECMAScript does not have.");
        }
    }

    private static int AppendClass(StringBuilder result, string pattern, int start)
    {
        var i = start + 1;
        var isNegated = i < pattern.Length && pattern[i] == '^';
        i += isNegated ? 1 : 0;
        if (i < pattern.Length && pattern[i] == ']')
        {
            // [] matches nothing and [^] every character.
            result.Append(isNegated ? @"[\0-\uFFFF]" : @"[^\0-\uFFFF]");
            return i;
        }

        result.Append(isNegated ? "[^" : "[");
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i = AppendEscape(result, pattern, i, isInClass: true);
                    break;
                case '[':
                    // A bracket is a character; in .NET it can start the subtraction of a class.
                    result.Append(@"\[");
                    break;
                default:
                    result.Append(pattern[i]);
                    break;
            }
        }

        result.Append(']', i < pattern.Length ? 1 : 0);
        return i;
    }

    /// <returns>The index of the last character of the escape.</returns>
    private static int AppendEscape(StringBuilder result, string pattern, int start, bool isInClass)
    {
        if (start + 1 == pattern.Length)
        {
            // .NET rejects a backslash at the end, as ECMAScript does.
            result.Append('\\');
            return start;
        }

        var escaped = pattern[start + 1];
        var set = escaped switch
        {
            'd' => Digits,
            'D' => NotDigits,
            'w' => WordCharacters,
            'W' => NotWordCharacters,
            's' => WhiteSpace,
            'S' => NotWhiteSpace,
            _ => null,
        };
        if (set is not null)
        {
            result.Append(isInClass ? set : $"[{set}]");
            return start + 1;
        }

        switch (escaped)
        {
            case 'a' or 'e' or 'A' or 'z' or 'Z' or 'G':
                // An identity escape: the letter itself (ECMA-262, B.1.2).
                result.Append(escaped);
                break;
            case 'x' when !HasHexDigits(pattern, start + 2, 2):
            case 'u' when !HasHexDigits(pattern, start + 2, 4):
                result.Append(escaped);
                break;
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z' when escaped is not ('b' or 'B' or 'c' or 'f' or 'k' or 'n' or 'p' or 'P' or 'r' or 't' or 'u' or 'v' or 'x'):
                result.Append(escaped);
                break;
            default:
                result.Append('\\').Append(escaped);
                break;
        }

        return start + 1;
    }

    private static bool HasHexDigits(string text, int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            if (i >= text.Length || !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
