# Sets an alarm that brings it back twenty seconds later, again and again, and comes after each boot.
.class public Lorg/apprights/proof/starts/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 2
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u9996\u9875"
    const-string v1, "\u5185\u5bb9"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    invoke-static {p0}, Lorg/apprights/proof/starts/Wake;->set(Landroid/content/Context;)V
    return-void
.end method
