using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>$apply (OData Data Aggregation 4.0, 3), many after its examples, adapted to this model.</summary>
public sealed class ApplyTests
{
    [Theory]
    [InlineData("aggregate(Amount with sum as Total,Amount with max as MxA)", "aggregate(Sum of $it#1/Amount as Total:Edm.Decimal,Max of $it#1/Amount as MxA:Edm.Decimal)", "Total,MxA")]
    [InlineData("aggregate(Amount mul Product/Weight with sum as Tax)", "aggregate(Sum of (Cast($it#1/Amount,Edm.Double) Mul $it#1/Product/Weight) as Tax:Edm.Double)", "Tax")]
    [InlineData("aggregate($count as N)", "aggregate(Count as N:Edm.Decimal)", "N")]
    [InlineData("aggregate(Number with average as A,On with min as B,Number with sum as C)", "aggregate(Average of $it#1/Number as A:Edm.Double,Min of $it#1/On as B:Edm.Date,Sum of $it#1/Number as C:Edm.Int64)", "A,B,C")]
    [InlineData("aggregate(Product/Name with countdistinct as D)", "aggregate(CountDistinct over $it#1/Product of $this#2/Name as D:Edm.Decimal)", "D")]
    [InlineData("aggregate(Product with countdistinct as D)", "aggregate(Count over $it#1/Product as D:Edm.Decimal)", "D")]
    [InlineData("aggregate(Product/$count as D)", "aggregate(Count over $it#1/Product as D:Edm.Decimal)", "D")]
    [InlineData("aggregate(Product/Category/Name with max as D)", "aggregate(Max over $it#1/Product/Category of $this#2/Name as D:Edm.String)", "D")]
    [InlineData("aggregate(Product/Tags/$count as D)", "aggregate(Count over $it#1/Product/Tags as D:Edm.Decimal)", "D")]
    [InlineData("aggregate(Product/Tags with countdistinct as D)", "aggregate(CountDistinct over $it#1/Product/Tags of $this#2 as D:Edm.Decimal)", "D")]
    [InlineData("aggregate(Amount/$count as D)", "aggregate(Count of $it#1/Amount as D:Edm.Decimal)", "D")]
    [InlineData("filter(Amount gt 3)", "filter(($it#1/Amount Gt 3m))", null)]
    [InlineData("identity", "identity", null)]
    [InlineData("Filter(Amount gt 3)/OrderBy(Amount desc,Number)/Skip(1)/Top(2)", "filter(($it#1/Amount Gt 3m)) / orderby($it#2/Amount desc,$it#2/Number) / skip(1) / top(2)", null)]
    [InlineData("search(coffee OR \"a)\")/top(1)", "search((coffee OR a))) / top(1)", null)]
    [InlineData("search(')/top(1')/top(1)", "search()/top(1) / top(1)", null)]
    [InlineData("topcount(2,Amount)", "topCount(2,$it#1/Amount)", null)]
    [InlineData("bottomsum(7.5,Amount)", "bottomSum(7.5m,$it#1/Amount)", null)]
    [InlineData("toppercent(50,Amount)", "topPercent(50,$it#1/Amount)", null)]
    [InlineData("topcount(1,On)", "topCount(1,$it#1/On)", null)]
    [InlineData("compute(Amount mul 2 as A,day(On) as B)", "compute(($it#1/Amount Mul 2m) as A,Day($it#1/On):Edm.Int32 as B)", "ProductId,Number,Amount,On,Product,A,B")]
    [InlineData("groupby((Product/Name,Amount))", "groupby(Product/Name,Amount;0,1;)", "Product(Name),Amount")]
    [InlineData("groupby((Product/Category/Name,Product/Name),aggregate(Amount with sum as Total))", "groupby(Product/Category/Name,Product/Name;0,1;aggregate(Sum of $it#2/Amount as Total:Edm.Decimal))", "Product(Category(Name),Name),Total")]
    [InlineData("groupby((Product/Category))", "groupby(Product/Category/Id,Product/Category/Name;0,1;)", "Product(Category(Id,Name))")]
    [InlineData("groupby((Product/Address))", "groupby(Product/Address/Street,Product/Address/City,Product/Address/Number;0,1,2;)", "Product(Address(Street,City,Number))")]
    [InlineData("groupby((On,On),aggregate($count as N))", "groupby(On;0;aggregate(Count as N:Edm.Decimal))", "On,N")]
    [InlineData("groupby((rollup(Product/Category/Name,Product/Name)),aggregate($count as N))", "groupby(Product/Category/Name,Product/Name;0,1|0;aggregate(Count as N:Edm.Decimal))", "Product(Category(Name),Name),N")]
    [InlineData("groupby((rollup(null,On)),aggregate($count as N))", "groupby(On;0|;aggregate(Count as N:Edm.Decimal))", "On,N")]
    [InlineData("groupby((rollup($all,On,Number)))", "groupby(On,Number;0,1|0|;)", "On,Number")]
    [InlineData("groupby((rollup(On,Number),rollup(ProductId,Amount)))", "groupby(On,Number,ProductId,Amount;0,1,2,3|0,1,2|0,2,3|0,2;)", "On,Number,ProductId,Amount")]
    [InlineData("groupby((On),topcount(2,Amount)/aggregate(Amount with sum as T))", "groupby(On;0;topCount(2,$it#2/Amount) / aggregate(Sum of $it#3/Amount as T:Edm.Decimal))", "On,T")]
    [InlineData("groupby((On),topcount(2,Amount))", "groupby(On;0;topCount(2,$it#2/Amount))", "On,ProductId,Number,Amount,Product")]
    [InlineData("groupby((On),aggregate(Amount with sum as T))/filter(T gt 4)/aggregate(T with average as A)", "groupby(On;0;aggregate(Sum of $it#2/Amount as T:Edm.Decimal)) / filter(($it#3/T Gt 4m)) / aggregate(Average of $it#4/T as A:Edm.Decimal)", "A")]
    [InlineData("groupby((Product/Name),aggregate(Amount with sum as T))/groupby((Product/Name))", "groupby(Product/Name;0;aggregate(Sum of $it#2/Amount as T:Edm.Decimal)) / groupby(Product/Name;0;)", "Product(Name)")]
    [InlineData("concat(topcount(2,Amount),aggregate(Amount with sum as Amount))", "concat(topCount(2,$it#2/Amount),aggregate(Sum of $it#3/Amount as Amount:Edm.Decimal))", "ProductId,Number,Amount,On,Product")]
    [InlineData("concat(groupby((Product/Name)),groupby((Product/Id,On)))", "concat(groupby(Product/Name;0;),groupby(Product/Id,On;0,1;))", "Product(Name,Id),On")]
    [InlineData("concat(identity,filter(Amount gt 1))", "concat(identity,filter(($it#3/Amount Gt 1m)))", null)]
    [InlineData("join(Product/Sales as S,filter(Amount gt 1))", "join($it#1/Product/Sales as S;filter(($it#2/Amount Gt 1m)))", "ProductId,Number,Amount,On,Product,S")]
    [InlineData("aggregate(Amount with sum from On with average as DailyAverage)", "groupby(On;0;aggregate(Sum of $it#1/Amount as DailyAverage:Edm.Decimal)) / aggregate(Average of $it#3/DailyAverage as DailyAverage:Edm.Decimal)", "DailyAverage")]
    [InlineData("aggregate(Amount with average from On,Product/Name with max as M)", "groupby(On,Product/Name;0,1;aggregate(Average of $it#1/Amount as M:Edm.Decimal)) / aggregate(Max of $it#3/M as M:Edm.Decimal)", "M")]
    public void Apply_SpecificationExample_ParsesTransformations(string apply, string expected, string? output)
    {
        var query = Parse("Sales", "$apply=" + Uri.EscapeDataString(apply)).Query;

        Assert.Equal(expected, SyntaxTreeFormatter.Format(query.Apply));
        Assert.Same(query.RowType, query.Apply[^1].Output);
        if (output is null)
        {
            Assert.Same(Sale, query.RowType);
        }
        else
        {
            Assert.Equal(output, SyntaxTreeFormatter.Format(query.RowType!));
        }
    }

    [Theory]
    [InlineData("aggregate(Sales/Amount with sum as T)", "aggregate(Sum over $it#1/Sales of $this#2/Amount as T:Edm.Decimal)")]
    [InlineData("aggregate(Sales/$count as N)", "aggregate(Count over $it#1/Sales as N:Edm.Decimal)")]
    [InlineData("aggregate(Sales/Product/Name with min as N)", "aggregate(Min over $it#1/Sales/each($this#2:$this#2/Product) of $this#3/Name as N:Edm.String)")]
    [InlineData("aggregate(Sales/Product/Tags with countdistinct as N)", "aggregate(CountDistinct over $it#1/Sales/each($this#2:$this#2/Product/Tags) of $this#3 as N:Edm.Decimal)")]
    [InlineData("aggregate(Addresses/Number with sum as N)", "aggregate(Sum over $it#1/Addresses of $this#2/Number as N:Edm.Int64)")]
    [InlineData("aggregate(Stock with sum as N,Share with average as M,Lasts with sum as L)", "aggregate(Sum of $it#1/Stock as N:Edm.Decimal,Average of $it#1/Share as M:Edm.Double,Sum of $it#1/Lasts as L:Edm.Duration)")]
    [InlineData("aggregate(Sales/$count as N)/compute(N add 1 as M)", "aggregate(Count over $it#1/Sales as N:Edm.Decimal) / compute(($it#3/N Add 1m) as M)")]
    public void Aggregate_OverRelatedRows_IncludesEachOnce(string apply, string expected) =>
        Assert.Equal(expected, SyntaxTreeFormatter.Format(Parse("Products", "$apply=" + Uri.EscapeDataString(apply)).Query.Apply));

    [Fact]
    public void Options_AfterApply_UseTransformedType()
    {
        var query = Parse(
            "Sales", "$apply=groupby((Product/Name),aggregate(Amount with sum as Total))&$filter=Total gt 4&$orderby=Product/Name desc&$select=Product/Name,Total,Twice&$compute=Total mul 2 as Twice&$count=true&$top=3").Query;

        Assert.Equal("($it/Total Gt 4m)", SyntaxTreeFormatter.Format(query.Filter!));
        Assert.Equal("$it/Product/Name", SyntaxTreeFormatter.Format(query.OrderBy[0].Expression));
        Assert.Equal(["Product", "Name"], query.Select![0].Path.Select(property => property.Name));
        Assert.Equal("Twice", query.Select[2].Computed!.Name);
        Assert.Same(query.RowType, query.Row!.VariableType);
        Assert.Equal(0, query.Row.Slot);
    }

    [Fact]
    public void Expand_AsTransformation_IsInline()
    {
        var query = Parse("Products", "$apply=filter(Id gt 1)/expand(Sales,filter(Amount gt 3),expand(Product))/top(2)&$expand=Category").Query;

        Assert.Equal("filter(($it#1/Id Gt 1)) / identity / top(2)", SyntaxTreeFormatter.Format(query.Apply));
        Assert.Equal(["Sales", "Category"], query.Expand.Select(item => item.Navigation.Name));
        Assert.Equal("($this#3/Amount Gt 3m)", SyntaxTreeFormatter.Format(query.Expand[0].Options.Filter!));
        Assert.Equal("Product", query.Expand[0].Options.Expand[0].Navigation.Name);
    }

    [Fact]
    public void Apply_InsideExpand_Parses()
    {
        var item = Parse("Products", "$expand=Sales($apply=groupby((On),aggregate($count as N));$filter=N gt 1)").Query.Expand[0];

        Assert.Equal("groupby(On;0;aggregate(Count as N:Edm.Decimal))", SyntaxTreeFormatter.Format(item.Options.Apply));
        Assert.Equal("($this#1/N Gt 1m)", SyntaxTreeFormatter.Format(item.Options.Filter!));
    }

    [Fact]
    public void GroupBy_WithRollup_MakesRequiredPropertiesNullable() =>
        Assert.True(Parse("Sales", "$apply=groupby((rollup(ProductId,Number)))").Query.RowType!.Find("Number")!.IsNullable);

    [Fact]
    public void Compute_Apply_KeepsKey() => Assert.Equal(["ProductId", "Number"], Parse("Sales", "$apply=compute(1 as A)").Query.RowType!.Key.Select(part => part.Name));

    [Theory]
    [InlineData("aggregate()", "Syntax", 400)]
    [InlineData("aggregate(Amount with sum)", "Syntax", 400)]
    [InlineData("aggregate(Amount as Total)", "Syntax", 400)]
    [InlineData("aggregate(Amount)", "Syntax", 400)]
    [InlineData("aggregate($count with sum as N)", "Syntax", 400)]
    [InlineData("aggregate(Amount with median as N)", "UnknownMethod", 400)]
    [InlineData("aggregate(Amount with Custom.median as N)", "NotSupported", 501)]
    [InlineData("aggregate(Forecast)", "UnknownProperty", 400)]
    [InlineData("aggregate(Amount with sum as N,Amount with max as N)", "DuplicateName", 400)]
    [InlineData("aggregate(On with sum as N)", "TypeMismatch", 400)]
    [InlineData("aggregate(Product/Name with average as N)", "TypeMismatch", 400)]
    [InlineData("aggregate(Product/Address with countdistinct as N)", "TypeMismatch", 400)]
    [InlineData("aggregate(Product/Sales/Amount sub Product/Sales/Amount with sum as N)", "Syntax", 400)]
    [InlineData("aggregate(Amount with sum from On as N)", "Syntax", 400)]
    [InlineData("aggregate(Amount from On with sum as N)", "Syntax", 400)]
    [InlineData("aggregate(Amount with sum from On with max as N,$count as M)", "NotSupported", 501)]
    [InlineData("aggregate(Amount with sum from On with max from Number with min as N)", "NotSupported", 501)]
    [InlineData("groupby(On)", "Syntax", 400)]
    [InlineData("groupby(())", "Syntax", 400)]
    [InlineData("groupby((Nope))", "UnknownProperty", 400)]
    [InlineData("groupby((Product/Sales/Amount))", "TypeMismatch", 400)]
    [InlineData("groupby((Product/Name/Length))", "Syntax", 400)]
    [InlineData("groupby((rollup(On)))", "Syntax", 400)]
    [InlineData("groupby((rolluprecursive($root/Sales,H,Number)))", "NotSupported", 501)]
    [InlineData("groupby((On),aggregate(Amount with sum as On))", "DuplicateName", 400)]
    [InlineData("groupby((On),)", "Syntax", 400)]
    [InlineData("concat(identity)", "Syntax", 400)]
    [InlineData("concat(aggregate(Amount with max as A),aggregate(On with max as A))", "NotSupported", 501)]
    [InlineData("compute(Amount)", "Syntax", 400)]
    [InlineData("compute(Amount as On)", "DuplicateName", 400)]
    [InlineData("compute(Product as P)", "NotSupported", 501)]
    [InlineData("join(Product as P)", "TypeMismatch", 400)]
    [InlineData("join(Product/Sales)", "Syntax", 400)]
    [InlineData("join(Product/Sales as On)", "DuplicateName", 400)]
    [InlineData("topcount(Amount,Amount)", "Syntax", 400)]
    [InlineData("topcount('2',Amount)", "TypeMismatch", 400)]
    [InlineData("topcount($these/$count div 10,Amount)", "NotSupported", 501)]
    [InlineData("topsum(2,On)", "TypeMismatch", 400)]
    [InlineData("top(-1)", "Syntax", 400)]
    [InlineData("top(ten)", "Syntax", 400)]
    [InlineData("filter(Amount)", "TypeMismatch", 400)]
    [InlineData("filter", "Syntax", 400)]
    [InlineData("identity/", "Syntax", 400)]
    [InlineData("identity identity", "Syntax", 400)]
    [InlineData("agregate(Amount with sum as N)", "UnknownTransformation", 400)]
    [InlineData("nest(identity as A)", "NotSupported", 501)]
    [InlineData("ancestors($root/Sales,H,Number,identity)", "NotSupported", 501)]
    [InlineData("Custom.Transform()", "NotSupported", 501)]
    [InlineData("expand(Product)/aggregate($count as N)", "NotSupported", 501)]
    [InlineData("expand(Amount)", "UnknownProperty", 400)]
    [InlineData("aggregate($count as N)/filter(Nope gt 1)", "UnknownProperty", 400)]
    [InlineData("aggregate($count as N)/groupby((Amount))", "UnknownProperty", 400)]
    public void Apply_Invalid_ReportsError(string apply, string code, int status)
    {
        var error = GetError("Sales", "$apply=" + Uri.EscapeDataString(apply));

        Assert.Equal((code, status, "$apply"), (error.Code, error.Status, error.Target));
    }

    [Fact]
    public void Apply_NestedTooDeep_Throws()
    {
        var apply = string.Concat(Enumerable.Repeat("groupby((On),", 10_000 / 13 * 3));

        Assert.Equal("LimitExceeded", GetError("Sales", "$apply=" + apply).Code);
    }
}
