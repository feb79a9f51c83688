using System.Text.Json;
using ServiceOffices.Schema;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Schema;

/// <summary>The Swedish order of names. The expected orders are those of ICU 78 (CLDR 48), locale <c>sv</c>.</summary>
public sealed class SwedishCollationTests
{
    [Theory]
    [InlineData("Vårgårda,Vänersborg,Vara,Varberg,Värnamo,Västerås", "Vara,Varberg,Vårgårda,Vänersborg,Värnamo,Västerås")]
    [InlineData("Öckerö,Zinkgruvan,Ängelholm,Åre,Ystad,Östersund,Arboga", "Arboga,Ystad,Zinkgruvan,Åre,Ängelholm,Öckerö,Östersund")]
    [InlineData("Vänge,Wien,Vik,Wäxjö,Växjö,Visby,Waxholm", "Vik,Visby,Vänge,Växjö,Waxholm,Wien,Wäxjö")]
    [InlineData("Müller,Myrby,Muller,Mz,Møller,Möller,Mældal,Mäl", "Muller,Müller,Myrby,Mz,Mäl,Mældal,Möller,Møller")]
    [InlineData("AB,ab,áb,aB,Ab,a b,a-b,å,Å,a,A", "a,A,a b,a-b,ab,aB,Ab,AB,áb,å,Å")]
    [InlineData("résumé,Resume,Résumé,resumé,resume", "resume,Resume,resumé,résumé,Résumé")]
    [InlineData("10,2,b,A,_,-,(,%,+", "_,-,(,%,+,10,2,A,b")]
    [InlineData("strasse,straße,strast,Thor,þor", "strasse,straße,strast,Thor,þor")]
    public void Compare_Names_OrdersAsCldr(string unordered, string expected) =>
        Assert.Equal(expected, string.Join(',', unordered.Split(',').Order(SwedishCollation.Comparer)));

    // A decomposed letter is the same letter; only the tie between the same strings is decided by code unit.
    [Fact]
    public void Compare_DecomposedLetters_AreLettersOfTheAlphabet() =>
        Assert.Equal(["Zon", "A\u030Are", "Åre", "Åse", "A\u0308ngel", "Ängel"], new[] { "A\u0308ngel", "Åse", "A\u030Are", "Ängel", "Zon", "Åre" }.Order(SwedishCollation.Comparer));

    [Fact]
    public void Compare_AnyStrings_IsTotalOrder()
    {
        string[] values = ["", "a", "A", "á", "Á", "a\u0301", "\0", "a\0", "\u007F", "é", "e\u0301", "ß", "ss", "²", "2", "😀", "中", "\uFEFF", "\uD800", "å", "A\u030A"];

        foreach (var left in values)
        {
            foreach (var right in values)
            {
                var order = SwedishCollation.Collation.Compare(left, right);
                Assert.Equal(left == right, order == 0);
                Assert.Equal(Math.Sign(order), -Math.Sign(SwedishCollation.Collation.Compare(right, left)));
                Assert.All(values.Where(third => order < 0 && SwedishCollation.Collation.Compare(right, third) < 0),
                    third => Assert.True(SwedishCollation.Collation.Compare(left, third) < 0));
            }
        }
    }

    [Fact]
    public async Task Compare_RandomNames_MatchesIcu()
    {
        const string letters = "aabcdeegiknorstuvwxyzåäöéüæøABKSVWZÅÄÖÉ -'/().,0123";
        var random = new Random(7);
        string[] values = [.. Enumerable.Range(0, 4000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => letters[random.Next(letters.Length)]))).Distinct()];
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "values.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(values), TestContext.Current.CancellationToken);

        var expected = JsonSerializer.Deserialize<string[]>(await NodeTool.RunAsync("collate.mjs", "sv", path));

        Assert.Equal(expected, values.Order(SwedishCollation.Comparer));
    }
}
