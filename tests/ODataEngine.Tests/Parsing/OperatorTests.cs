using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>Operators: precedence (OData 4.01 Part 2, 5.1.1.17), types and promotion (5.1.1.1, 5.1.1.2, 5.1.1.18).</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("Active or Id eq 1 and Id eq 2", "($it/Active Or (($it/Id Eq 1) And ($it/Id Eq 2)))")]
    [InlineData("Id eq 1 and Id eq 2 or Active", "((($it/Id Eq 1) And ($it/Id Eq 2)) Or $it/Active)")]
    [InlineData("(Active or Active) and Active", "(($it/Active Or $it/Active) And $it/Active)")]
    [InlineData("Active and Active and Active", "(($it/Active And $it/Active) And $it/Active)")]
    [InlineData("Id gt 1 eq true", "(($it/Id Gt 1) Eq true)")]
    [InlineData("Id add 2 mul 3 eq 7", "((Cast($it/Id,Edm.Int64) Add (2 Mul 3)) Eq 7L)")]
    [InlineData("Id sub 2 sub 3 eq 7", "((($it/Id Sub 2) Sub 3L) Eq 7L)")]
    [InlineData("Id mod 2 div 3 eq 0", "((($it/Id Mod 2) Div 3) Eq 0)")]
    [InlineData("(4 add 5) mod (4 sub 1) eq 0", "(((4 Add 5) Mod (4 Sub 1)) Eq 0L)")]
    [InlineData("not Active and Active", "((Not $it/Active) And $it/Active)")]
    [InlineData("not Id in (1,2)", "(Not ($it/Id In [1,2]))")]
    [InlineData("not(Id eq 1)", "(Not ($it/Id Eq 1))")]
    [InlineData("-Id lt 0", "((Negate $it/Id) Lt 0)")]
    [InlineData("-Id add 1 lt -5", "(((Negate $it/Id) Add 1) Lt -5L)")]
    [InlineData("- (Id) lt 0", "((Negate $it/Id) Lt 0)")]
    [InlineData("NOT Active AND Id EQ 1", "((Not $it/Active) And ($it/Id Eq 1))")]
    [InlineData("Color has Shop.Color'Yellow'", "($it/Color Has Shop.Color(2))")]
    [InlineData("Color has 'Yellow' eq true", "(($it/Color Has Shop.Color(2)) Eq true)")]
    [InlineData("  Id\teq  1 ", "($it/Id Eq 1)")]
    public void Operators_Mixed_FollowSpecificationPrecedence(string filter, string expected) => Assert.Equal(expected, Filter(filter));

    [Theory]
    [InlineData("Price eq 5", "($it/Price Eq 5m)")]
    [InlineData("5 lt Price", "(5m Lt $it/Price)")]
    [InlineData("Weight ge 59.33", "($it/Weight Ge 59.33d)")]
    [InlineData("Share eq 1.1", "($it/Share Eq 1.1f)")]
    [InlineData("Stock eq 5", "($it/Stock Eq 5L)")]
    [InlineData("Rating eq 5", "($it/Rating Eq 5s)")]
    [InlineData("Level eq 255", "($it/Level Eq 255b)")]
    [InlineData("Level eq 256", "(Cast($it/Level,Edm.Int32) Eq 256)")]
    [InlineData("Id eq 2.5", "(Cast($it/Id,Edm.Decimal) Eq 2.5m)")]
    [InlineData("Id eq 1e3", "($it/Id Eq 1000)")]
    [InlineData("Id eq NaN", "(Cast($it/Id,Edm.Double) Eq NaNd)")]
    [InlineData("Id eq Stock", "(Cast($it/Id,Edm.Int64) Eq $it/Stock)")]
    [InlineData("Price lt Weight", "(Cast($it/Price,Edm.Double) Lt $it/Weight)")]
    [InlineData("Price lt Share", "(Cast($it/Price,Edm.Single) Lt $it/Share)")]
    [InlineData("Id add Price gt 1", "((Cast($it/Id,Edm.Decimal) Add $it/Price) Gt 1m)")]
    [InlineData("Rating mul Rating gt 1", "((Cast($it/Rating,Edm.Int32) Mul Cast($it/Rating,Edm.Int32)) Gt 1L)")]
    [InlineData("5 div 2 eq 2", "((5 Div 2) Eq 2)")]
    [InlineData("5 divby 2 eq 2.5", "((5m DivBy 2m) Eq 2.5m)")]
    [InlineData("Weight divby 2 eq 2.5", "(($it/Weight DivBy 2d) Eq 2.5d)")]
    [InlineData("Released ge '2020-01-01'", "($it/Released Ge 2020-01-01)")]
    [InlineData("Changed ge 2020-01-01", "($it/Changed Ge 2020-01-01T00:00:00+00:00)")]
    [InlineData("Changed ge '2020-01-01T10:00:00'", "($it/Changed Ge 2020-01-01T10:00:00+00:00)")]
    [InlineData("Changed gt Released", "($it/Changed Gt Cast($it/Released,Edm.DateTimeOffset))")]
    [InlineData("Lasts eq 'PT1H'", "($it/Lasts Eq PT1H)")]
    [InlineData("Opens lt '12:00'", "($it/Opens Lt 12:00:00)")]
    [InlineData("Token eq '01234567-89ab-cdef-0123-456789abcdef'", "($it/Token Eq 01234567-89ab-cdef-0123-456789abcdef)")]
    [InlineData("Color eq 'Yellow'", "($it/Color Eq Shop.Color(2))")]
    [InlineData("'Yellow' eq Color", "(Shop.Color(2) Eq $it/Color)")]
    [InlineData("Name eq null", "($it/Name Eq null)")]
    [InlineData("null ne Category", "(null Ne $it/Category)")]
    [InlineData("Address eq null", "($it/Address Eq null)")]
    [InlineData("Place ne null", "($it/Place Ne null)")]
    [InlineData("null eq null", "(null Eq null)")]
    [InlineData("now() sub duration'P1D' lt now()", "((Now():Edm.DateTimeOffset Sub P1D) Lt Now():Edm.DateTimeOffset)")]
    [InlineData("now() sub 'P1D' lt now()", "((Now():Edm.DateTimeOffset Sub P1D) Lt Now():Edm.DateTimeOffset)")]
    [InlineData("Changed sub Changed gt 'PT1H'", "(($it/Changed Sub $it/Changed) Gt PT1H)")]
    [InlineData("Released sub 2020-01-01 gt 'P1D'", "(($it/Released Sub 2020-01-01) Gt P1D)")]
    [InlineData("Released add 'P1D' gt Released", "(($it/Released Add P1D) Gt $it/Released)")]
    [InlineData("Lasts mul 2 gt Lasts", "(($it/Lasts Mul 2d) Gt $it/Lasts)")]
    [InlineData("Lasts div 2 lt -Lasts", "(($it/Lasts Div 2d) Lt (Negate $it/Lasts))")]
    [InlineData("Price add null eq null", "(($it/Price Add null) Eq null)")]
    public void Operands_DifferentNumericTypes_ArePromoted(string filter, string expected) => Assert.Equal(expected, Filter(filter));

    [Theory]
    [InlineData("Id in (1,2,3)", "($it/Id In [1,2,3])")]
    [InlineData("Stock in (1,2)", "($it/Stock In [1L,2L])")]
    [InlineData("Id in (1,2.5)", "(Cast($it/Id,Edm.Decimal) In [1m,2.5m])")]
    [InlineData("Name in ('Milk', 'a''b,c', null)", "($it/Name In ['Milk','a'b,c',null])")]
    [InlineData("Id in ()", "($it/Id In [])")]
    [InlineData("Id in [1,2]", "($it/Id In [1,2])")]
    [InlineData("Name in Tags", "($it/Name In $it/Tags)")]
    [InlineData("Name in (Tags)", "($it/Name In $it/Tags)")]
    [InlineData("Released in ('2020-01-01',2021-01-01)", null)]
    [InlineData("Released in ('2020-01-01','2021-01-01')", "($it/Released In [2020-01-01,2021-01-01])")]
    [InlineData("Color in ('Red','Blue')", "($it/Color In [Shop.Color(1),Shop.Color(4)])")]
    [InlineData("Rating in Scores", "(Cast($it/Rating,Edm.Int32) In $it/Scores)")]
    [InlineData("Stock in Scores", "($it/Stock In Cast($it/Scores,Collection(Edm.Int64)))")]
    [InlineData("[Name,Address/City] in [[\"John\",\"Doe\"],[\"Jane\",\"Smith\"]]", "([$it/Name,$it/Address/City] In [['John','Doe'],['Jane','Smith']])")]
    [InlineData("Tags eq [\"a\",\"b\"]", "($it/Tags Eq ['a','b'])")]
    [InlineData("Tags eq []", "($it/Tags Eq [])")]
    [InlineData("Address eq {\"City\":\"X\",\"Number\":1}", "($it/Address Eq {City:'X',Number:1})")]
    [InlineData("Address in [{\"City\":\"X\"}]", "($it/Address In [{City:'X'}])")]
    [InlineData("Category eq Category/Parent", "($it/Category Eq $it/Category/Parent)")]
    public void Literals_ListsAndObjects_TakeTypeOfOtherOperand(string filter, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("TypeMismatch", GetFilterError(filter).Code);
        }
        else
        {
            Assert.Equal(expected, Filter(filter));
        }
    }

    [Theory]
    [InlineData("Name eq 5", "Edm.String", "Edm.Int32")]
    [InlineData("Id eq '5'", "Edm.Int32", "Edm.String")]
    [InlineData("Released eq 'soon'", "Edm.Date", "Edm.String")]
    [InlineData("Color eq 'Green'", " Color", "Members: Red, Yellow, Blue")]
    [InlineData("Color eq 1", " Color", "Edm.Int32")]
    [InlineData("Tags eq 'a'", "Collection(Edm.String)", "Edm.String")]
    [InlineData("Address eq Category", " Address", " Category")]
    [InlineData("Address gt Address", "'gt'", " Address")]
    [InlineData("Place eq Place", "'eq'", "Edm.GeographyPoint")]
    [InlineData("Image eq binary'T0RhdGE'", "'eq'", "Edm.Binary")]
    [InlineData("Name and Active", "'and'", "Edm.String")]
    [InlineData("not Id eq 1", "'not'", "Edm.Int32")]
    [InlineData("-Name eq 'a'", "'-'", "Edm.String")]
    [InlineData("Name add 1 eq 2", "Edm.String", "Edm.Int32")]
    [InlineData("Released add Released eq null", "Edm.Date", "Edm.Date")]
    [InlineData("Id has 1", "'has'", "Edm.Int32")]
    [InlineData("Name", "condition", "Edm.String")]
    [InlineData("Id in ('a')", "Edm.Int32", "Edm.String")]
    [InlineData("Id in 5", "Edm.Int32", "Edm.Int32")]
    [InlineData("Id in (1,'a')", "Edm.Int32", "Edm.String")]
    [InlineData("Address eq {\"Town\":\"X\"}", " Address", "an object")]
    [InlineData("{\"a\":1} eq {\"a\":1}", "an object", "an object")]
    public void Operands_IncompatibleTypes_ErrorNamesBoth(string filter, string one, string other)
    {
        var error = GetFilterError(filter);

        Assert.Equal(("TypeMismatch", 400, "$filter"), (error.Code, error.Status, error.Target));
        Assert.Contains(one, error.Message, StringComparison.Ordinal);
        Assert.Contains(other, error.Message, StringComparison.Ordinal);
        Assert.Contains(" at ", error.Message, StringComparison.Ordinal);
    }
}
