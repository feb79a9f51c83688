using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Execution.Filters;

/// <summary>Provides the searchable strings of each row of a set, folded; they are computed on first use.</summary>
internal static class SearchableStrings
{
    // No search term contains it, so no term matches across two strings.
    private const char Separator = '\n';

    private static readonly ConditionalWeakTable<TableSet, ConcurrentDictionary<string, string[]>> Cache = [];

    /// <summary>Gets the folded string of every row of a set, by row number.</summary>
    public static string[] Get(TableSet tables, EntitySet set) =>
        Cache.GetOrCreateValue(tables).GetOrAdd(set.Name, _ => Build(tables[set], set.SearchPaths));

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

    private static string[] Build(Table table, IReadOnlyList<string> paths)
    {
        var steps = paths.Select(path => path.Split('/')).ToList();
        var strings = new string[table.Count];
        var buffer = new StringBuilder();
        for (var row = 0; row < strings.Length; row++)
        {
            buffer.Clear();
            foreach (var path in steps)
            {
                Append(buffer, table, row, path);
            }

            strings[row] = Fold(buffer.ToString());
        }

        return strings;
    }

    private static void Append(StringBuilder buffer, Table table, int row, ReadOnlySpan<string> steps)
    {
        switch (table[steps[0]])
        {
            case ValueColumn<string> column when column.TryGet(row, out var value):
                buffer.Append(value).Append(Separator);
                break;
            case ComplexColumn column when !column.IsNull(row):
                Append(buffer, column.Fields, row, steps[1..]);
                break;
            case CollectionColumn column:
                string[] item = [CollectionColumn.ItemName];
                for (var i = column.Starts[row]; i < column.Starts[row + 1]; i++)
                {
                    Append(buffer, column.Elements, i, steps.Length > 1 ? steps[1..] : item);
                }

                break;
            case NavigationColumn column:
                foreach (var target in column.GetTargets(row))
                {
                    Append(buffer, column.Target, target, steps[1..]);
                }

                break;
        }
    }
}
