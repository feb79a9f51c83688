using ODataEngine.Parsing.QueryTree;
using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>Paths, lambdas, functions and aliases in expressions (OData 4.01 Part 2, 5.1.1.4 to 5.1.1.15).</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("Address/City eq 'A'", "($it/Address/City Eq 'A')")]
    [InlineData("Category/Parent/Name eq 'A'", "($it/Category/Parent/Name Eq 'A')")]
    [InlineData("Address/Country/Name eq 'A'", "($it/Address/Country/Name Eq 'A')")]
    [InlineData("$it/Id eq 1", "($it/Id Eq 1)")]
    [InlineData("$this/Id eq 1", "($it/Id Eq 1)")]
    [InlineData("Shop.Product/Id eq 1", "($it/Id Eq 1)")]
    [InlineData("Category/Shop.Category/Name eq 'A'", "($it/Category/Name Eq 'A')")]
    [InlineData("Name eq $root/Categories('A1245')/Name", "($it/Name Eq Categories('A1245')/Name)")]
    [InlineData("Id eq $root/Sales(ProductId=1,Number=2)/Number", "($it/Id Eq Sales(1,2)/Number)")]
    [InlineData("$root/Products/$count gt 5", "(Products/$count Gt 5L)")]
    [InlineData("Sales(ProductId=1,Number=2)/Amount gt 5", "($it/Sales(1,2)/Amount Gt 5m)")]
    [InlineData("Tags/$count gt 2", "($it/Tags/$count Gt 2L)")]
    [InlineData("Addresses/$count($filter=City eq 'A';$search=x OR y) gt 0", "($it/Addresses/$count($this#1:($this#1/City Eq 'A'))(search (x OR y)) Gt 0L)")]
    [InlineData("Addresses/$count(filter=City eq Name) gt 0", null)]
    [InlineData("Addresses/$count($filter=City eq $it/Name) gt 0", "($it/Addresses/$count($this#1:($this#1/City Eq $it/Name)) Gt 0L)")]
    [InlineData("Tags/$count($filter=$this eq ')') gt 0", "($it/Tags/$count($this#1:($this#1 Eq ')')) Gt 0L)")]
    [InlineData("Sales/$filter(Amount gt 1)/$count gt 0", "($it/Sales/$filter($this#1:($this#1/Amount Gt 1m))/$count Gt 0L)")]
    [InlineData("Sales/$filter(Amount gt 1)/any(s:s/Number eq 1)", "$it/Sales/$filter($this#1:($this#1/Amount Gt 1m))/Any(s#2:(s#2/Number Eq 1))")]
    [InlineData("Sales/any(d:d/Amount gt 100)", "$it/Sales/Any(d#1:(d#1/Amount Gt 100m))")]
    [InlineData("Sales/ALL(d:d/Amount gt Price)", "$it/Sales/All(d#1:(d#1/Amount Gt $it/Price))")]
    [InlineData("Tags/any()", "$it/Tags/Any()")]
    [InlineData("Tags/any(Id:Id eq 'x')", "$it/Tags/Any(Id#1:(Id#1 Eq 'x'))")]
    [InlineData("Tags/any(Id:Id eq $it/Name)", "$it/Tags/Any(Id#1:(Id#1 Eq $it/Name))")]
    [InlineData("Sales/any(s:s/Product/Tags/any(t:t eq s/Product/Name))", "$it/Sales/Any(s#1:s#1/Product/Tags/Any(t#2:(t#2 Eq s#1/Product/Name)))")]
    public void Path_Property_IsResolved(string filter, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("UnknownProperty", GetFilterError(filter).Code);
        }
        else
        {
            Assert.Equal(expected, Filter(filter));
        }
    }

    [Theory]
    [InlineData("concat(concat(Name,', '),Address/City) eq 'Berlin, Germany'", "(Concat(Concat($it/Name,', '):Edm.String,$it/Address/City):Edm.String Eq 'Berlin, Germany')")]
    [InlineData("Contains(Name,'Alfreds')", "Contains($it/Name,'Alfreds'):Edm.Boolean")]
    [InlineData("endswith(Name,'Futterkiste')", "EndsWith($it/Name,'Futterkiste'):Edm.Boolean")]
    [InlineData("startswith(Name,'Alfr')", "StartsWith($it/Name,'Alfr'):Edm.Boolean")]
    [InlineData("indexof(Name,'lfreds') eq 1", "(IndexOf($it/Name,'lfreds'):Edm.Int32 Eq 1)")]
    [InlineData("length(Name) eq 19", "(Length($it/Name):Edm.Int32 Eq 19)")]
    [InlineData("length(Tags) eq 2", "(Length($it/Tags):Edm.Int32 Eq 2)")]
    [InlineData("substring(Name,1) eq 'x'", "(Substring($it/Name,1):Edm.String Eq 'x')")]
    [InlineData("substring(Name,-2,1) eq 'lf'", "(Substring($it/Name,-2,1):Edm.String Eq 'lf')")]
    [InlineData("substring(Tags,1)/any(t:t eq 'x')", "Substring($it/Tags,1):Collection(Edm.String)/Any(t#1:(t#1 Eq 'x'))")]
    [InlineData("concat(Tags,['a'])/$count eq 1", "(Concat($it/Tags,['a']):Collection(Edm.String)/$count Eq 1L)")]
    [InlineData("hassubset([4,1,3],[3,1])", "HasSubset([4,1,3],[3,1]):Edm.Boolean")]
    [InlineData("hassubset(Scores,[1,2])", "HasSubset($it/Scores,[1,2]):Edm.Boolean")]
    [InlineData("hassubsequence([4,1.5],Scores)", "HasSubsequence([4m,1.5m],Cast($it/Scores,Collection(Edm.Decimal))):Edm.Boolean")]
    [InlineData("contains(Scores,[])", "Contains($it/Scores,[]):Edm.Boolean")]
    [InlineData("matchesPattern(Name,'^A.*e$')", "MatchesPattern($it/Name,'^A.*e$'):Edm.Boolean")]
    [InlineData("tolower(Name) eq toupper(trim(Name))", "(ToLower($it/Name):Edm.String Eq ToUpper(Trim($it/Name):Edm.String):Edm.String)")]
    [InlineData("day(Released) eq 8", "(Day($it/Released):Edm.Int32 Eq 8)")]
    [InlineData("year(Changed) eq 1971 and month(Changed) eq 5", "((Year($it/Changed):Edm.Int32 Eq 1971) And (Month($it/Changed):Edm.Int32 Eq 5))")]
    [InlineData("hour(Opens) eq minute(Changed) and second(Opens) eq 1", "((Hour($it/Opens):Edm.Int32 Eq Minute($it/Changed):Edm.Int32) And (Second($it/Opens):Edm.Int32 Eq 1))")]
    [InlineData("fractionalseconds(Changed) lt 0.1", "(FractionalSeconds($it/Changed):Edm.Decimal Lt 0.1m)")]
    [InlineData("totalseconds('PT1H') gt totaloffsetminutes(now())", "(TotalSeconds(PT1H):Edm.Decimal Gt Cast(TotalOffsetMinutes(Now():Edm.DateTimeOffset):Edm.Int32,Edm.Decimal))")]
    [InlineData("date(now()) gt Released and time(now()) gt Opens", "((Date(Now():Edm.DateTimeOffset):Edm.Date Gt $it/Released) And (Time(Now():Edm.DateTimeOffset):Edm.TimeOfDay Gt $it/Opens))")]
    [InlineData("mindatetime() lt maxdatetime()", "(MinDateTime():Edm.DateTimeOffset Lt MaxDateTime():Edm.DateTimeOffset)")]
    [InlineData("round(Weight) eq 32", "(Round($it/Weight):Edm.Double Eq 32d)")]
    [InlineData("floor(Price) eq ceiling(Id)", "(Floor($it/Price):Edm.Decimal Eq Ceiling(Cast($it/Id,Edm.Decimal)):Edm.Decimal)")]
    [InlineData("round(Share) eq 1", "(Round(Cast($it/Share,Edm.Double)):Edm.Double Eq 1d)")]
    [InlineData("length(null) eq null", "(Cast(null,Edm.Int32) Eq null)")]
    [InlineData("matchesPattern(Name,null)", "Cast(null,Edm.Boolean)")]
    [InlineData("case(Active:null,true:null) eq 1", "(null Eq 1)")]
    [InlineData("geo.distance(Place,geography'SRID=4326;POINT(18.07 59.33)') lt 50000", "(GeoDistance($it/Place,point(18.07 59.33)):Edm.Double Lt 50000d)")]
    [InlineData("geo.length(Route) gt 1", "(GeoLength($it/Route):Edm.Double Gt 1d)")]
    [InlineData("geo.intersects(Place,geography'POLYGON((0 0,1 0,1 1,0 0))')", "GeoIntersects($it/Place,GeographyPolygon(0 0,1 0,1 1,0 0)):Edm.Boolean")]
    [InlineData("cast('5',Edm.Int32) eq Id", "(5 Eq $it/Id)")]
    [InlineData("cast(5,Edm.Decimal) eq Price", "(5m Eq $it/Price)")]
    [InlineData("cast(2.5,Edm.Int32) eq Id", "(Cast(2.5m,Edm.Int32) Eq $it/Id)")]
    [InlineData("cast(Id,Edm.String) eq '1'", "(Cast($it/Id,Edm.String) Eq '1')")]
    [InlineData("cast(Id,'Edm.String') eq '1'", "(Cast($it/Id,Edm.String) Eq '1')")]
    [InlineData("cast('x',Edm.Int32) eq null", "(Cast('x',Edm.Int32) Eq null)")]
    [InlineData("cast(Scores,Collection(Edm.Int64))/any(s:s eq 1)", "Cast($it/Scores,Collection(Edm.Int64))/Any(s#1:(s#1 Eq 1L))")]
    [InlineData("cast(2,Shop.Color) eq Color", "(Cast(2,Shop.Color) Eq $it/Color)")]
    [InlineData("isof(Shop.Product)", "IsOf($it,Shop.Product)")]
    [InlineData("isof(Category,Shop.Category) and isof(Id,Edm.Int32)", "(IsOf($it/Category,Shop.Category) And IsOf($it/Id,Edm.Int32))")]
    [InlineData("cast(Category,Shop.Category)/Name eq 'x'", "($it/Category/Name Eq 'x')")]
    [InlineData("case(Id gt 0:1,Id lt 0:-1,true:0) eq 1", "(Case(($it/Id Gt 0):1,($it/Id Lt 0):-1,true:0):Edm.Int32 Eq 1)")]
    [InlineData("case(Id le 5:'a',true:null) eq 'a'", "(Case(($it/Id Le 5):'a',true:null):Edm.String Eq 'a')")]
    [InlineData("case(true:Id,false:2.5) eq 1", "(Case(true:Cast($it/Id,Edm.Decimal),false:2.5m):Edm.Decimal Eq 1m)")]
    public void Function_FromSpecification_IsBound(string filter, string expected) => Assert.Equal(expected, Filter(filter));

    [Theory]
    [InlineData("Nme eq 'x'", "UnknownProperty", "Did you mean 'Name'?")]
    [InlineData("name eq 'x'", "UnknownProperty", "Did you mean 'Name'?")]
    [InlineData("Address/Town eq 'x'", "UnknownProperty", "Properties: Street, City, Number, Country")]
    [InlineData("Tags/Length eq 1", "Syntax", "any(…)")]
    [InlineData("Name/Length eq 1", "Syntax", "Edm.String")]
    [InlineData("Sales/Amount gt 5", "Syntax", "'Amount' is not allowed after Collection(Sale); allowed: any(…)")]
    [InlineData("startwith(Name,'x')", "UnknownFunction", "Did you mean 'startswith'?")]
    [InlineData("length(Id) eq 1", "TypeMismatch", "length(Edm.String)")]
    [InlineData("year(Name) eq 1", "TypeMismatch", "year(Edm.Date) or year(Edm.DateTimeOffset)")]
    [InlineData("length() eq 1", "TypeMismatch", "length(Edm.String)")]
    [InlineData("cast(Category,Edm.String) eq 'x'", "TypeMismatch", "cannot be cast")]
    [InlineData("cast(Id,Edm.Int128) eq 1", "UnknownType", "Edm.Int32")]
    [InlineData("case(Id:1) eq 1", "TypeMismatch", "condition")]
    [InlineData("case(true:1,false:'a') eq 1", "TypeMismatch", "one type")]
    [InlineData("Tags/all()", "Syntax", "variable")]
    [InlineData("Tags/any(t eq 'a')", "Syntax", "':'")]
    [InlineData("Tags/any(t:t)", "TypeMismatch", "condition")]
    [InlineData("Tags/any(t:t/x eq 1)", "Syntax", "no properties")]
    [InlineData("t/x eq 1", "UnknownProperty", "'t'")]
    [InlineData("$root/Nope eq 1", "UnknownEntitySet", "Products")]
    [InlineData("$root/Categories(5)/Name eq 'x'", "TypeMismatch", "Edm.String")]
    [InlineData("$root/Sales(5)/Amount eq 1", "InvalidKey", "ProductId=Edm.Int32,Number=Edm.Int32")]
    [InlineData("$that eq 1", "Syntax", "$it, $this, $root")]
    [InlineData("Name eq", "Syntax", "Unexpected end of expression")]
    [InlineData("contains(Name", "Syntax", "Unexpected end of expression")]
    [InlineData("Id eq 1 foo", "Syntax", "'foo'")]
    [InlineData("(Id eq 1", "Syntax", "')'")]
    [InlineData("Id eq 1)", "Syntax", "')'")]
    [InlineData("Id eq #", "Syntax", "#")]
    [InlineData("Tags/$count($top=1) gt 1", "OptionNotAllowed", "$search, $filter")]
    [InlineData("Tags/$count($filter=true;filter=true) gt 1", "DuplicateOption", "$filter")]
    public void Expression_Invalid_ReportsMessageAndPosition(string filter, string code, string message)
    {
        var error = GetFilterError(filter);

        Assert.Equal((code, 400, "$filter"), (error.Code, error.Status, error.Target));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@Core.Messages eq null")]
    [InlineData("Price/@Measures.Currency eq 'EUR'")]
    [InlineData("Category/@Core.Messages eq null")]
    [InlineData("Sales/aggregate(Amount with sum) gt 5")]
    [InlineData("$these/$count gt 5")]
    public void Expression_UnsupportedFeature_IsRejected(string filter) => Assert.InRange(GetFilterError(filter).Status, 400, 501);

    [Theory]
    [InlineData("Name eq @title", "&@title='Wizard of Oz'", "($it/Name Eq 'Wizard of Oz')")]
    [InlineData("contains(@word,Name)", "&@word=%27Black%27", "Contains('Black',$it/Name):Edm.Boolean")]
    [InlineData("Released gt @d", "&@d='2020-01-01'", "($it/Released Gt 2020-01-01)")]
    [InlineData("Id in @ids", "&@ids=[1,2]", "($it/Id In [1,2])")]
    [InlineData("Id in @ids", "&@ids=(1,2)", null)]
    [InlineData("Address eq @a", "&@a={\"City\":@c}&@c=\"X\"", "($it/Address Eq {City:'X'})")]
    [InlineData("@p", "&@p=Id eq @n&@n=1 add @m&@m=2", "(Cast($it/Id,Edm.Int64) Eq (1 Add 2))")]
    [InlineData("Name eq @missing", "", "($it/Name Eq null)")]
    [InlineData("Sales/any(s:@p)", "&@p=s/Number eq 1", "$it/Sales/Any(s#1:(s#1/Number Eq 1))")]
    public void Alias_Referenced_IsSubstituted(string filter, string aliases, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("@ids", GetError("Products", "$filter=" + filter + aliases).Target);
        }
        else
        {
            Assert.Equal(expected, Filter(filter, aliases));
        }
    }

    [Fact]
    public void Alias_InNestedOptions_HidesOuterAlias()
    {
        var url = Parse("Categories", "$expand=Products(@foo=$this;@n=3;$filter=@foo/Price gt @n and Id gt @m;$expand=Sales($filter=Amount gt @n))&$select=Products&@n=1&@m=2");

        Assert.Equal("(($this#1/Price Gt 3m) And ($this#1/Id Gt 2))", SyntaxTreeFormatter.Format(url.Query.Expand[0].Options.Filter!));
        Assert.Equal("($this#2/Amount Gt 3m)", SyntaxTreeFormatter.Format(url.Query.Expand[0].Options.Expand[0].Options.Filter!));
        Assert.Equal("DuplicateOption", GetError("Categories", "$expand=Products(@a=1;@a=2)").Code);
    }

    [Fact]
    public void Alias_Circular_Returns400()
    {
        var error = GetError("Products", "$filter=@a&@a=@b eq 1&@b=@a");

        Assert.Equal(("AliasCycle", 400), (error.Code, error.Status));
    }

    [Fact]
    public void Alias_Duplicate_Returns400() => Assert.Equal("DuplicateOption", GetError("Products", "$filter=@a&@a=true&@a=false").Code);

    [Fact]
    public void Slots_NestedLambdas_CountEveryVariable()
    {
        var url = Parse("Products", "$filter=Sales/any(s:s/Product/Tags/any(t:true)) and Tags/any(u:true)&$expand=Category");

        // $it, s, t, u and the row of the expanded category.
        Assert.Equal(5, url.VariableCount);
        Assert.Equal(4, url.Query.Expand[0].Options.Row!.Slot);
    }

    [Fact]
    public void Conditions_LongChain_DoesNotCountAsNesting()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 900).Select(i => $"Id eq {i}"));

        Assert.InRange(Depth(Parse("Products", "$filter=" + filter).Query.Filter!), 10, 13);

        static int Depth(Expression expression) => expression is BinaryExpression binary ? 1 + Math.Max(Depth(binary.Left), Depth(binary.Right)) : 0;
    }
}
