using System.Text;

namespace ODataEngine.Model;

/// <summary>Folds strings for <c>$search</c>. A term matches a string if the folded string contains the folded term.</summary>
public static class SearchFolding
{
    /// <summary>
    /// Converts to lower case and removes diacritics by Swedish rules: å, ä and ö are letters of their own, all other accents are removed (é
    /// becomes e), æ and ø become ä and ö.
    /// </summary>
    public static string Fold(string value)
    {
        var folded = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            var lower = char.ToLowerInvariant(letter);
            if (lower is >= '\u0300' and <= '\u036F')
            {
                // Some systems send å as the letter a and a combining ring.
                Compose(folded, lower);
                continue;
            }

            folded.Append(lower < 0x80 ? lower : GetBaseLetter(lower));
        }

        return folded.ToString();
    }

    private static void Compose(StringBuilder folded, char accent)
    {
        if (folded.Length > 0)
        {
            folded[^1] = (folded[^1], accent) switch
            {
                ('a', '\u030A') => 'å',
                ('a', '\u0308') => 'ä',
                ('o', '\u0308') => 'ö',
                var (letter, _) => letter,
            };
        }
    }

    private static char GetBaseLetter(char letter) => letter switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ā' or 'ă' or 'ą' => 'a',
        'æ' => 'ä',
        'ç' or 'ć' or 'č' => 'c',
        'ď' or 'đ' or 'ð' => 'd',
        'è' or 'é' or 'ê' or 'ë' or 'ē' or 'ė' or 'ę' or 'ě' => 'e',
        'ğ' => 'g',
        'ì' or 'í' or 'î' or 'ï' or 'ī' or 'į' or 'ı' => 'i',
        'ł' => 'l',
        'ñ' or 'ń' or 'ň' => 'n',
        'ò' or 'ó' or 'ô' or 'õ' or 'ō' or 'ő' => 'o',
        'ø' or 'œ' => 'ö',
        'ř' => 'r',
        'ś' or 'š' or 'ş' => 's',
        'ť' or 'ţ' => 't',
        'ù' or 'ú' or 'û' or 'ü' or 'ū' or 'ů' or 'ű' => 'u',
        'ý' or 'ÿ' => 'y',
        'ź' or 'ż' or 'ž' => 'z',
        _ => letter,
    };
}
